import type { Api } from 'grammy';
import type { AnswerTraffic, Deliverer, DeliveryOutcome, Pace } from '../../announce/deliverer.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { ActionStore } from '../../message/action-store.ts';
import type { Message } from '../../message/message.ts';
import { prepareButtonData } from './button-data.ts';
import { editRendered } from './edit-rendered.ts';
import { failureOf } from './failure-of.ts';
import { outcomeOf } from './outcome-of.ts';
import { type CoverOf, type Rendered, render } from './render.ts';
import { sendRendered } from './send-rendered.ts';

interface DelivererParts {
  readonly api: Api;
  /** Answers, which the platform counts too. */
  readonly answers: AnswerTraffic;
  readonly pace: Pace;
  readonly actions: ActionStore;
  readonly clock: Clock;
  /** Of the bot; undefined before Telegram has told it. */
  readonly username: () => string | undefined;
  /** Of cards that bring no picture along. */
  readonly coverOf: CoverOf;
}

/**
 * Takes announcements to Telegram, each with one call that is never repeated here: what follows from its outcome
 * is the delivery loop's to say. The signal keeps a delivery from starting; one under way is not cut off, since
 * nobody would know then whether it arrived.
 */
export function createTelegramDeliverer({
  api,
  answers,
  pace,
  actions,
  clock,
  username,
  coverOf,
}: DelivererParts): Deliverer {
  /** Ten thousand readers may get the very same message. */
  const shaped = new WeakMap<Message, { readonly by: string | undefined; readonly rendered: Rendered }>();

  async function shape(message: Message): Promise<Rendered> {
    const by = username();
    const known = shaped.get(message);
    if (known && known.by === by) return known.rendered;
    const rendered = render(message, { dataOf: await prepareButtonData(message, actions), username: by, coverOf });
    shaped.set(message, { by, rendered });
    return rendered;
  }

  return {
    channel: 'telegram',
    pace,
    answers,
    // Ids of persons and their private chats are above 0, those of groups and channels below.
    isGroup: ({ chat }) => chat.startsWith('-'),
    deliver: async ({ address, message, plain = false }, signal) => {
      if (signal.aborted) return stopping(clock);
      const rendered = await shape(message);
      try {
        return { kind: 'delivered', messageId: String(await sendRendered(api, address, rendered, { plain })) };
      } catch (thrown) {
        return outcomeOf(thrown, address, clock.now());
      }
    },
    edit: async ({ address, messageId, message }, signal) => {
      if (signal.aborted) return stopping(clock);
      try {
        await editRendered(api, address.chat, Number(messageId), await shape(message));
      } catch (thrown) {
        if (failureOf(thrown)?.kind !== 'unchanged') return outcomeOf(thrown, address, clock.now());
      }
      return { kind: 'delivered', messageId };
    },
  };
}

const stopping = (clock: Clock): DeliveryOutcome => ({
  kind: 'retry',
  notBefore: clock.now(),
  reason: 'stopping',
  scope: 'channel',
});
