import type { Post } from '../../../src/posts/post.ts';
import { samplePosts } from '../../support/telegram/sample-posts.ts';
import { createTelegramWorld, eventually, type TelegramWorld } from '../../support/telegram/telegram-world.ts';
import type { BotMessage } from '../../support/telegram/world.ts';

// Whatever stands in a catalog and whatever people write, the strict server takes each answer, and nothing is logged as a
// defect: an answer that was refused and went out in bare words would be one.

const long = (text: string, length = 4_096) => text.repeat(Math.ceil(length / text.length)).slice(0, length);
const family = '👨‍👩‍👧‍👦';

const oddTexts = [
  'مرحبا بالعالم',
  'שלום \u202eLoRA',
  '\u200b',
  '\u2800\ufeff',
  'L\u200boRA',
  'Ｌｏ\u0301ＲＡ',
  '<b>LoRA</b> &amp; "x"',
  '@everyone /start https://evil.example',
  '__proto__',
  '((((((((--""',
  '%00%2e..\\..',
  family.repeat(200),
  long('字'),
  long('a'),
  long('😀'),
  long('&<>"'),
  long('LoRA 微调 '),
];

const oddPosts: readonly Post[] = [
  ...oddTexts.map(
    (text, at): Post => postWith(at, { title: text, summary: long(text, 20_000), category: [text, text] }),
  ),
  postWith(100, { title: '', category: [] }),
  postWith(101, { title: 'No url', url: '' }),
  postWith(102, { title: 'Local', url: 'http://localhost:8080/x', image: 'http://localhost/x.png' }),
  postWith(103, { title: 'Long url', url: `https://blog.example/${'x'.repeat(5_000)}` }),
  postWith(104, { title: 'Deep', category: Array.from({ length: 40 }, (_, depth) => `Level ${depth}`) }),
  postWith(105, { title: '', url: '' }),
  ...Array.from({ length: 120 }, (_, at) => postWith(200 + at, { title: `Part (${at + 1})`, category: ['One'] })),
  ...Array.from({ length: 150 }, (_, at) => postWith(400 + at, { title: `Post ${at}`, category: [`Category ${at}`] })),
];

function postWith(number: number, more: Partial<Post>): Post {
  const url = `https://blog.example/odd/${number}`;
  return {
    id: `odd${number}`,
    title: '',
    url,
    category: [],
    summary: '',
    links: [],
    tags: [],
    source: 'odd.md',
    ...more,
  };
}

const commands = ['search', 'category', 'subscribe', 'unsubscribe', 'related', 'series', 'settings', 'post', 'start'];
const said = [
  ...oddTexts,
  ...commands,
  ...commands.map((name) => `/${name}`),
  // Each text behind a third of the commands: all of them would say the same three times as slowly.
  ...commands.flatMap((name, number) =>
    oddTexts.filter((_, at) => (at + number) % 3 === 0).map((text) => `/${name} ${text}`.slice(0, 4_096)),
  ),
  ...['0', '-1', '1e9', '99999999999999999999', '1.5'].map((number) => `/category ${number}`),
  '/latest',
  '/categories',
  '/random',
  '/subscriptions',
  '/pause 999999999d',
  '/settings daily 99:99',
  '/nothing_like_it',
  `/start ${'x'.repeat(64)}`,
  '/',
  '//',
];

const worlds: TelegramWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

describe.each([
  ['no post', []],
  ['one post', samplePosts.slice(0, 1)],
  ['the oddest posts', oddPosts],
] as const)('with a catalog of %s', (_what, posts) => {
  async function open(): Promise<TelegramWorld> {
    const world = await createTelegramWorld({ posts });
    worlds.push(world);
    return world;
  }
  const defects = ({ log }: TelegramWorld) => log.lines.filter(({ level }) => level === 'warn' || level === 'error');

  it('whatever is said is answered with one message', async () => {
    const world = await open();
    const ask = async (text: string, chat: number) => {
      world.server.say(chat, text);
      return (await world.server.next(chat)).message;
    };
    const answers = await Promise.all(said.map((text, at) => ask(text, 1_000 + at)));
    expect(answers).toHaveLength(said.length);
    expect(world.server.delivered).toHaveLength(said.length);
    expect(defects(world)).toEqual([]);
  });

  it('every button of every answer works', async () => {
    const world = await open();
    const chats = said.map((text, at) => ({ text, chat: 1_000 + at }));
    for (const { text, chat } of chats) world.server.say(chat, text);
    await eventually(() => expect(world.server.delivered).toHaveLength(said.length), 30_000);
    const pressed = new Set<string>();
    for (const message of [...world.server.delivered]) pressAll(world, message, pressed);
    for (const { chat } of chats) world.server.say(chat, '/help');
    await eventually(() => expect(world.server.feed.waiting()).toEqual([]), 30_000);
    for (const { chat } of chats) await answerToHelp(world, chat);
    expect(pressed.size).toBeGreaterThan(10);
    expect(defects(world)).toEqual([]);
  });

  it('whatever is typed inline is answered', async () => {
    const world = await open();
    const ids = oddTexts.map((text, at) => world.server.inlineQuery(2_000 + at, text.slice(0, 256)).id);
    const { id } = world.server.inlineQuery(3_000, '', '9999');
    for (const one of [...ids, id]) {
      await eventually(() => expect(world.server.answerOfInlineQuery(one)).toBeDefined());
    }
  });
});

/** Each command once, whichever messages offer it. */
function pressAll(world: TelegramWorld, message: BotMessage, pressed: Set<string>): void {
  for (const { data } of message.keyboard.flat()) {
    if (data === undefined || pressed.has(data)) continue;
    pressed.add(data);
    world.server.press({ ...message, keyboard: [[{ text: 'pressed', data }]] }, 'pressed');
  }
}

/** All that came before in this chat is answered then. */
async function answerToHelp(world: TelegramWorld, chat: number): Promise<void> {
  for (;;) {
    const { kind, message } = await world.server.next(chat);
    if (kind === 'sent' && message.text.includes('/privacy')) return;
  }
}
