import type { Address } from './address.ts';

/** A message that waits for its reader, with a number that grows within the address. */
export interface InboxItem<Message> {
  readonly number: number;
  readonly at: Date;
  readonly message: Message;
}

/**
 * Keeps messages for readers who come and fetch them: web chats, and platforms that do not let a bot push.
 * `Message` must survive JSON.
 */
export interface Inbox<Message> {
  /** `key` makes a repeat harmless: the same key for the same address is kept once. */
  put(address: Address, key: string, message: Message, at: Date): Promise<void>;
  /** What came after `number`, oldest first. */
  after(address: Address, number: number, limit: number): Promise<readonly InboxItem<Message>[]>;
}
