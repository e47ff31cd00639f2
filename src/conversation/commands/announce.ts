import type { Message } from '../../message/message.ts';
import { formatAddress } from '../../subscribers/address.ts';
import type { AdminDesk, AnnouncementProgress } from '../admin-desk.ts';
import type { Asking, CommandDefinition } from '../asking.ts';
import { cardOf } from '../card-of.ts';
import { cleanLine, cut, fold } from '../clean-text.ts';
import { createAnnouncementComposer } from '../compose-announcement.ts';
import { usualCardsPerPage } from '../paging.ts';
import type { Say } from '../phrases/phrases.ts';
import { buttonInPlace, reply, rowsOf } from '../reply.ts';

/** Failures that are shown by name. */
const mostFailures = 5;

/** Characters of a failure's reason and title. */
const longestReason = 80;
const longestTitle = 60;

const longestTrouble = 300;

const decisions: ReadonlyMap<string, (asking: Asking, desk: AdminDesk) => Promise<Message>> = new Map([
  ['approve', (asking: Asking, desk: AdminDesk) => decided(asking, desk, 'announced')],
  ['discard', (asking: Asking, desk: AdminDesk) => decided(asking, desk, 'discarded')],
  ['preview', previewOf],
  ['retry', retried],
  ['believe', believed],
]);

/**
 * For admins: what waits, how far deliveries are, and what failed; `/announce approve`, `discard`, `preview`,
 * `retry` and `believe` act on it.
 */
export const announce: CommandDefinition = {
  name: 'announce',
  chinese: ['公布'],
  listed: false,
  audience: 'admins',

  async answer(asking, { argument }) {
    const { desk, say } = asking;
    if (!desk) return reply(say('desk-closed'));
    const decide = decisions.get(fold(argument));
    if (decide) return decide(asking, desk);
    return stateOf(asking, desk, argument ? say('announce-unknown', { words: argument }) : undefined);
  },
};

async function stateOf(asking: Asking, desk: AdminDesk, happened?: string): Promise<Message> {
  const { say } = asking;
  const [waiting, progress, counts, failures] = await Promise.all([
    desk.waiting(),
    desk.progress(),
    desk.deliveries(),
    desk.failures(mostFailures),
  ]);
  const trouble = desk.trouble();
  const failed = failures.map(({ address, reason, titles }) => {
    const title = cut(titles.map(cleanLine).join(', '), longestTitle);
    return `${formatAddress(address)}: ${cut(cleanLine(reason), longestReason)} (${title})`;
  });
  const lines = [
    ...(happened === undefined ? [] : [happened, '']),
    ...(trouble === undefined
      ? []
      : [say('announce-trouble', { trouble: cut(cleanLine(trouble), longestTrouble) }), '']),
    waiting.length > 0 ? say('announce-waiting', { count: waiting.length }) : say('announce-nothing-waits'),
    ...(progress ? [say('announce-progress', { bar: barOf(progress), ...progress })] : []),
    say('stats-deliveries', { ...counts }),
    ...(failed.length > 0 ? ['', say('announce-failures'), ...failed] : []),
  ];
  return reply(lines.join('\n'), {
    cards: waiting.slice(0, usualCardsPerPage).map((post) => cardOf(post)),
    actions: rowsOf([
      ...(waiting.length > 0 ? waitingButtons(say) : []),
      ...(trouble === undefined ? [] : [buttonInPlace(say('button-believe'), 'announce', 'believe')]),
      ...(failed.length > 0 ? [buttonInPlace(say('button-retry'), 'announce', 'retry')] : []),
      buttonInPlace(say('button-refresh'), 'announce'),
    ]),
  });
}

function waitingButtons(say: Say) {
  return [
    buttonInPlace(say('button-approve'), 'announce', 'approve'),
    buttonInPlace(say('button-discard'), 'announce', 'discard'),
    { ...buttonInPlace(say('button-preview'), 'announce', 'preview'), inPlace: false },
  ];
}

async function decided(asking: Asking, desk: AdminDesk, as: 'announced' | 'discarded'): Promise<Message> {
  const { say } = asking;
  const { length: count } = await desk.decide(as);
  if (count === 0) return stateOf(asking, desk);
  return stateOf(
    asking,
    desk,
    as === 'announced' ? say('announce-approved', { count }) : say('announce-discarded', { count }),
  );
}

/** What a subscriber to everything will read. */
async function previewOf({ language, say, sayIn }: Asking, desk: AdminDesk): Promise<Message> {
  const posts = await desk.waiting();
  if (posts.length === 0) return reply(say('announce-nothing-waits'));
  const compose = createAnnouncementComposer({
    phrases: { zh: sayIn('zh'), en: sayIn('en') },
    defaultLanguage: language,
  });
  return compose({ posts, matched: [{ kind: 'everything' }], digest: posts.length > 1 });
}

async function retried(asking: Asking, desk: AdminDesk): Promise<Message> {
  return stateOf(asking, desk, asking.say('announce-retried', { count: await desk.retryFailures() }));
}

async function believed(asking: Asking, desk: AdminDesk): Promise<Message> {
  desk.believe();
  await desk.reload(asking.signal);
  return stateOf(asking, desk, asking.say('announce-believed'));
}

/** How much of what is to be sent now has ended, in ten blocks; the last one is full when nothing is left. */
function barOf({ total, ended, later }: AnnouncementProgress): string {
  const now = total - later;
  const blocks = now === 0 ? 10 : Math.floor((ended / now) * 10);
  return '▰'.repeat(blocks) + '▱'.repeat(10 - blocks);
}
