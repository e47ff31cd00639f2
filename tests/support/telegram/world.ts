import { badRequest } from './api-refusal.ts';
import type { Button } from './message-content.ts';
import type { Entity } from './telegram-html.ts';

export type MemberStatus = 'creator' | 'administrator' | 'member' | 'left' | 'kicked';

export interface User {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly username?: string;
  readonly language_code?: string;
}

export interface Chat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly title: string;
  readonly topics: Set<number>;
  readonly members: Map<number, MemberStatus>;
  botStatus: MemberStatus;
  /** Where an upgraded group lives now. */
  migratedTo?: number;
  lastMessageId: number;
}

/** A message of the bot, as it stands now. */
export interface BotMessage {
  readonly chat: number;
  readonly messageId: number;
  readonly thread?: number;
  readonly replyTo?: number;
  readonly at: number;
  /** As people read it, after parsing. */
  text: string;
  entities: readonly Entity[];
  keyboard: readonly (readonly Button[])[];
  /** As it was sent, with markup. */
  html: string;
  preview?: unknown;
  photo?: unknown;
  edits: number;
  deleted: boolean;
}

/** What the bot did in a chat, with the message as it stood then. */
export interface ChatEvent {
  readonly kind: 'sent' | 'edited';
  readonly message: BotMessage;
}

/** The chats and people of the server. */
export interface World {
  readonly users: Map<number, User>;
  readonly chats: Map<number, Chat>;
  /** The private chat of a user, or a group or channel that was added. */
  chatOf(id: number): Chat;
  userOf(id: number): User;
  messageOf(chat: number, messageId: number): BotMessage | undefined;
  put(message: BotMessage): void;
  /** @throws ApiRefusal where the bot cannot write */
  writable(chatId: unknown, thread?: unknown): Chat;
}

/** Messages of a chat that can still be edited. */
const mostKept = 1_000;

/** What `say` and others use where no person is named. */
export const groupMember = 700_001;
export const groupOwner = 700_002;

export function createWorld(): World {
  const users = new Map<number, User>();
  const chats = new Map<number, Chat>();
  const messages = new Map<number, Map<number, BotMessage>>();

  const userOf: World['userOf'] = (id) => {
    const known = users.get(id) ?? { id, is_bot: false, first_name: `Person ${id}`, language_code: 'zh-hans' };
    users.set(id, known);
    return known;
  };

  const chatOf: World['chatOf'] = (id) => {
    const known = chats.get(id);
    if (known) return known;
    if (id < 0) throw new Error(`add the group or channel ${id} first`);
    const made: Chat = {
      id,
      type: 'private',
      title: userOf(id).first_name,
      topics: new Set(),
      members: new Map(),
      botStatus: 'member',
      lastMessageId: 0,
    };
    chats.set(id, made);
    return made;
  };

  return {
    users,
    chats,
    chatOf,
    userOf,
    messageOf: (chat, messageId) => messages.get(chat)?.get(messageId),
    put: (message) => {
      const ofChat = messages.get(message.chat) ?? new Map<number, BotMessage>();
      messages.set(message.chat, ofChat.set(message.messageId, message));
      const [oldest] = ofChat.keys();
      if (ofChat.size > mostKept && oldest !== undefined) ofChat.delete(oldest);
    },
    writable: (chatId, thread) => {
      const chat = chats.get(Number(chatId));
      if (!chat) throw badRequest('chat not found');
      if (chat.migratedTo !== undefined) {
        throw badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: chat.migratedTo });
      }
      if (thread !== undefined && !chat.topics.has(Number(thread))) throw badRequest('message thread not found');
      return chat;
    },
  };
}
