import { createHash } from 'node:crypto';
import type { Trace } from '../../kernel/log.ts';
import { textOf, type XmlElement } from './xml.ts';

/** What every message and event of both platforms holds, and the element for what only some do. */
export interface CallbackMessage {
  /** The account's id, or the corp id. */
  readonly to: string;
  /** The reader's OpenID, or the member's id. */
  readonly from: string;
  /** As the platform writes it, in seconds. */
  readonly createdAt: string;
  readonly type: string;
  /** Empty for messages. */
  readonly event: string;
  readonly eventKey: string;
  /** 64 bits do not fit a number; empty for events. */
  readonly id: string;
  readonly element: XmlElement;
}

/** The longest id of a sender that is believed; OpenIDs have 28 characters, WeCom's member ids up to 64. */
const longestId = 128;

/** Reads what all callbacks have in common; undefined where something of it is missing. */
export function readCallbackMessage(element: XmlElement): CallbackMessage | undefined {
  const read = (name: string) => textOf(element, name).trim();
  const message = {
    to: read('ToUserName'),
    from: read('FromUserName'),
    createdAt: read('CreateTime'),
    type: read('MsgType'),
    event: read('Event'),
    eventKey: read('EventKey'),
    id: read('MsgId').slice(0, longestId),
    element,
  };
  const isWhole = isId(message.to) && isId(message.from) && /^\d{1,12}$/.test(message.createdAt) && message.type !== '';
  return isWhole ? message : undefined;
}

/**
 * The same for every repeat of one message, and another for every other message. The number alone is not
 * enough: two readers' messages of one moment have had the same; nor is an event's sender and second: a
 * follow and the location that WeChat reports with it share both. What grows with time stands in front, so that
 * what a store sorts by it lies together.
 */
export function identityOf(message: CallbackMessage): string {
  const { to, from, createdAt, type, event, eventKey, id, element } = message;
  // Two template messages to one reader may end in the same second: their results differ in the message's number.
  const parts = id ? [to, from, id] : [to, from, createdAt, type, event, eventKey, textOf(element, 'MsgID')];
  return `${id || createdAt}:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}

/** What the log calls a message: events have no number, and are known by their second. */
export function traceOf({ id, createdAt, event }: CallbackMessage): Trace {
  return { message: id || `${event}@${createdAt}` };
}

function isId(text: string): boolean {
  return text.length <= longestId && /^[^\s/]+$/.test(text);
}
