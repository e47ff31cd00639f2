import type { Message } from '../message/message.ts';
import type { Address, ChannelName } from '../subscribers/address.ts';

/** One announcement on its way to one address. */
export interface OutgoingDelivery {
  readonly id: string;
  readonly address: Address;
  readonly message: Message;
  /** The platform has refused this message as malformed: send its text without any markup or buttons. */
  readonly plain?: true;
}

/** A message that was delivered, and what it is to say now. */
export interface OutgoingEdit {
  readonly address: Address;
  /** The platform's name for the message, as it came with 'delivered'. */
  readonly messageId: string;
  readonly message: Message;
}

/** How an attempt to deliver ended. Refusals are values: only defects of ours throw. */
export type DeliveryOutcome =
  | { readonly kind: 'delivered'; readonly messageId?: string }
  /** The platform asks to wait, or was out of order before it took the message: it certainly did not arrive. */
  | {
      readonly kind: 'retry';
      readonly notBefore: Date;
      readonly reason: string /** Whether the wait is asked of this chat only or of us altogether. */;
      readonly scope: 'chat' | 'channel';
    }
  /** The chat lives at another address now. */
  | { readonly kind: 'moved'; readonly to: Address }
  /** Nobody is there any more: blocked, removed, deleted. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** The platform will never take this message. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** The answer was lost: it may or may not have arrived. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The limits that a platform sets on messages; a missing limit is none. */
export interface Pace {
  readonly perSecond?: number;
  readonly perChatSecond?: number;
  readonly perGroupMinute?: number;
}

/**
 * Messages of a channel that are no announcements. They wait for nothing, but the platform counts them too, so the
 * pace of announcements gives way to them.
 */
export interface AnswerTraffic {
  /** Has `watcher` told of each answer that begins, and what it returns called when that is through. The last one counts. */
  watch(watcher: (address: Address) => () => void): void;
}

/** Takes announcements to one platform: a port that channels implement. */
export interface Deliverer {
  readonly channel: ChannelName;
  readonly pace: Pace;
  /** Whether the group limit holds for an address; none is a group where absent. */
  isGroup?(address: Address): boolean;
  /** Absent where answers do not count against the pace. */
  readonly answers?: AnswerTraffic;
  deliver(delivery: OutgoingDelivery, signal: AbortSignal): Promise<DeliveryOutcome>;
  /**
   * Replaces a message that was delivered; absent where the platform cannot. 'rejected' says that this message
   * will never be changed again.
   */
  edit?(edit: OutgoingEdit, signal: AbortSignal): Promise<DeliveryOutcome>;
}
