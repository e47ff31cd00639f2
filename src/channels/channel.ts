import type { Deliverer } from '../announce/deliverer.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { ChannelName } from '../subscribers/address.ts';

/** A messaging platform. */
export interface Channel {
  readonly name: ChannelName;
  /** Absent where nothing can be announced. */
  readonly deliverer?: Deliverer;
  /**
   * Takes what people send to the conversation and its answers back, until the signal aborts; then
   * finishes what it has begun and resolves. Rejects only if the channel cannot work at all.
   */
  run(conversation: Conversation, signal: AbortSignal): Promise<void>;
  /** What keeps the channel from working right now; undefined when all is well. */
  trouble?(): string | undefined;
}
