import { UserError } from '../kernel/errors.ts';

export const channelNames = ['telegram', 'wechat', 'wecom', 'web', 'terminal'] as const;
export type ChannelName = (typeof channelNames)[number];

/** Where to reach someone. Ids are strings: Telegram's do not fit 32 bits, others are not numbers. */
export interface Address {
  readonly channel: ChannelName;
  readonly chat: string;
  /** A forum topic within the chat. */
  readonly topic?: string;
}

/** `telegram:-1001234567890`, with a topic `telegram:-1001234567890/45`. The inverse of `parseAddress`. */
export function formatAddress({ channel, chat, topic }: Address): string {
  return topic === undefined ? `${channel}:${chat}` : `${channel}:${chat}/${topic}`;
}

/** @throws UserError if the text is no address of a known channel. */
export function parseAddress(text: string): Address {
  const [, channel, chat, topic] = /^([a-z]+):([^/\s]+)(?:\/([^/\s]+))?$/.exec(text.trim()) ?? [];
  const name = channelNames.find((known) => known === channel);
  if (!name || !chat) throw new UserError(`"${text}" is no address; write it like telegram:12345`);
  return topic === undefined ? { channel: name, chat } : { channel: name, chat, topic };
}
