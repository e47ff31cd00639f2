import type { Incoming } from '../../conversation/conversation.ts';
import type { Trace } from '../../kernel/log.ts';
import type { Command } from '../../message/command.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Language } from '../../subscribers/subscriber.ts';

/** What the page sends: typed words, or the command of a pressed button. */
export interface WebRequest {
  readonly input: { readonly text: string } | { readonly command: Command };
  /** The language that the page shows; undefined leaves it to the subscriber's choice. */
  readonly language?: Language | undefined;
  /** What the log calls the request. */
  readonly trace?: Trace;
}

/** A page belongs to one person, who may manage what it subscribes to. */
export function toIncoming(address: Address, { input, language, trace }: WebRequest): Incoming {
  return {
    address,
    place: 'private',
    mayManage: true,
    keepsNotifications: true,
    input,
    ...(language && { language }),
    ...(trace && { trace }),
  };
}
