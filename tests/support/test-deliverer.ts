import type {
  AnswerTraffic,
  Deliverer,
  DeliveryOutcome,
  OutgoingDelivery,
  Pace,
} from '../../src/announce/deliverer.ts';
import type { ChannelName } from '../../src/subscribers/address.ts';

/** A platform within the test. */
export interface TestDeliverer extends Deliverer {
  /** Every attempt, in the order in which they began: the chat and the text. */
  readonly attempts: readonly string[];
  /** What has arrived. */
  readonly arrived: readonly string[];
  /** Messages that were changed, by the name they had got: what they say now. */
  readonly edited: readonly string[];
  /** The most messages that were on their way at once. */
  mostAtOnce(): number;
}

/** Takes whatever comes, unless `answer` says otherwise. */
export function createTestDeliverer(
  options: {
    readonly channel?: ChannelName;
    readonly pace?: Pace;
    readonly answers?: AnswerTraffic;
    readonly answer?: (
      delivery: OutgoingDelivery,
      attempt: number,
      signal: AbortSignal,
    ) => Promise<DeliveryOutcome | undefined> | DeliveryOutcome | undefined;
  } = {},
): TestDeliverer {
  const attempts: string[] = [];
  const arrived: string[] = [];
  const edited: string[] = [];
  const tries = new Map<string, number>();
  let now = 0;
  let most = 0;
  return {
    channel: options.channel ?? 'telegram',
    pace: options.pace ?? {},
    ...(options.answers && { answers: options.answers }),
    isGroup: ({ chat }) => chat.startsWith('-'),
    attempts,
    arrived,
    edited,
    async edit({ messageId, message }) {
      edited.push(`${messageId}: ${message.text}`);
      return { kind: 'delivered' };
    },
    mostAtOnce: () => most,
    async deliver(delivery, signal) {
      const { chat, topic } = delivery.address;
      const words = `${topic === undefined ? chat : `${chat}/${topic}`}: ${delivery.message.text}`;
      const attempt = (tries.get(delivery.id) ?? 0) + 1;
      tries.set(delivery.id, attempt);
      const messageId = `m${attempts.push(words)}`;
      now += 1;
      most = Math.max(most, now);
      const outcome = (await options.answer?.(delivery, attempt, signal)) ?? {
        kind: 'delivered',
        messageId,
      };
      now -= 1;
      if (outcome.kind === 'delivered') arrived.push(words);
      return outcome;
    },
  };
}
