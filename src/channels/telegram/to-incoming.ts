import type { Chat, ChatMember, InlineQuery, Message, Update, User } from 'grammy/types';
import { commandNames } from '../../message/command.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Language } from '../../subscribers/subscriber.ts';

/** The bot as Telegram knows it. */
export interface Self {
  readonly id: number;
  /** Without `@`. */
  readonly username: string;
  /** Whether its author has made a Mini App the bot's main one with BotFather. */
  readonly hasMainApp: boolean;
}

/** What an update means to us, with the parts of Telegram that the answer needs. */
export type TelegramIncoming =
  /** Somebody asks, by words or by a button. */
  | {
      readonly kind: 'question';
      readonly address: Address;
      readonly place: 'private' | 'group' | 'channel';
      readonly language?: Language;
      readonly asker: Asker;
      readonly input: { readonly text: string } | { readonly data: string };
      /** The message that the words or the button stand in. */
      readonly messageId: number;
      /** When it was written; a press has no time. */
      readonly at?: Date;
      readonly edited: boolean;
    }
  /** A group became a supergroup with another id. */
  | { readonly kind: 'moved'; readonly from: Address; readonly to: Address }
  /** A forum topic is open again, so that messages to it are taken. */
  | { readonly kind: 'reopened'; readonly address: Address }
  /** The bot was blocked, removed, unblocked or added. */
  | {
      readonly kind: 'membership';
      readonly address: Address;
      readonly place: 'private' | 'group' | 'channel';
      readonly present: boolean;
      readonly wasPresent: boolean;
      readonly language?: Language;
    }
  | { readonly kind: 'inline'; readonly query: InlineQuery };

/** Who asks, as far as it matters for what they may change. */
export interface Asker {
  readonly userId?: number;
  /** Writes in the name of the group or channel itself, which only its administrators can. */
  readonly anonymousAdministrator: boolean;
}

/**
 * Reads an update; undefined for those that are not meant for the bot. In groups these are meant: commands (with
 * no bot's name or ours), words that mention us, replies to us; of channel posts only commands.
 */
export function toIncoming(update: Update, self: Self): TelegramIncoming | undefined {
  if (update.message) return ofMessage(update.message, self, false);
  if (update.edited_message) return ofMessage(update.edited_message, self, true);
  if (update.channel_post) return ofChannelPost(update.channel_post, self);
  if (update.callback_query) return ofPress(update.callback_query);
  if (update.inline_query) return { kind: 'inline', query: update.inline_query };
  if (update.my_chat_member) return ofMembership(update.my_chat_member);
  return undefined;
}

function ofMessage(message: Message, self: Self, edited: boolean): TelegramIncoming | undefined {
  const { chat, from, sender_chat: senderChat } = message;
  if (message.migrate_to_chat_id !== undefined) return moved(chat.id, message.migrate_to_chat_id);
  if (message.migrate_from_chat_id !== undefined) return moved(message.migrate_from_chat_id, chat.id);
  if (message.forum_topic_reopened) return { kind: 'reopened', address: addressOf(chat, message) };
  // What a person sent by our inline mode is an answer of ours, and a linked channel's post is nobody's question.
  if (message.via_bot?.id === self.id || message.is_automatic_forward) return undefined;
  const anonymousAdministrator = senderChat?.id === chat.id;
  if (from?.is_bot && !senderChat) return undefined;
  const place = chat.type === 'private' ? 'private' : 'group';
  const text = place === 'private' ? privateText(message, self) : groupText(message, self);
  if (text === undefined) return undefined;
  // A live location is edited each time that somebody moves.
  if (edited && text === '') return undefined;
  return {
    kind: 'question',
    address: addressOf(chat, message),
    place,
    ...languageOf(from),
    asker: { ...(from && !senderChat && { userId: from.id }), anonymousAdministrator },
    input: { text },
    messageId: message.message_id,
    at: new Date((message.edit_date ?? message.date) * 1000),
    edited,
  };
}

function ofChannelPost(post: Message, self: Self): TelegramIncoming | undefined {
  const text = commandText(post.text ?? '', self);
  if (text === undefined) return undefined;
  return {
    kind: 'question',
    address: addressOf(post.chat, post),
    place: 'channel',
    asker: { anonymousAdministrator: true },
    input: { text },
    messageId: post.message_id,
    at: new Date(post.date * 1000),
    edited: false,
  };
}

function ofPress({ message, from, data }: NonNullable<Update['callback_query']>): TelegramIncoming | undefined {
  if (!message || data === undefined) return undefined;
  const { chat } = message;
  return {
    kind: 'question',
    address: addressOf(chat, 'is_topic_message' in message ? message : {}),
    place: chat.type === 'private' || chat.type === 'channel' ? chat.type : 'group',
    ...languageOf(from),
    asker: { userId: from.id, anonymousAdministrator: false },
    input: { data },
    messageId: message.message_id,
    edited: false,
  };
}

function ofMembership(change: NonNullable<Update['my_chat_member']>): TelegramIncoming {
  const { chat, from, old_chat_member: before, new_chat_member: after } = change;
  return {
    kind: 'membership',
    address: addressOf(chat, {}),
    place: chat.type === 'private' || chat.type === 'channel' ? chat.type : 'group',
    present: isPresent(after),
    wasPresent: isPresent(before),
    ...languageOf(from),
  };
}

/** Who is restricted may have left all the same. */
function isPresent(member: ChatMember): boolean {
  return member.status === 'restricted' ? member.is_member : member.status !== 'left' && member.status !== 'kicked';
}

function moved(from: number, to: number): TelegramIncoming {
  return {
    kind: 'moved',
    from: { channel: 'telegram', chat: String(from) },
    to: { channel: 'telegram', chat: String(to) },
  };
}

/** A thread that is no topic is a mere chain of replies (and General is none): answers must not name it. */
function addressOf(chat: Chat, { is_topic_message, message_thread_id }: Partial<Message>): Address {
  const topic = is_topic_message ? message_thread_id : undefined;
  return { channel: 'telegram', chat: String(chat.id), ...(topic !== undefined && { topic: String(topic) }) };
}

/** What Telegram tells of a person's language. */
export function languageOf(user: User | undefined): { language?: Language } {
  const code = user?.language_code;
  if (code === undefined) return {};
  return { language: code.toLowerCase().startsWith('zh') ? 'zh' : 'en' };
}

/** What people send that is no text; service messages, such as a pinned message, have none of these. */
const otherContent = [
  'photo',
  'sticker',
  'voice',
  'video',
  'video_note',
  'animation',
  'audio',
  'document',
  'location',
  'contact',
] as const;

function privateText(message: Message, self: Self): string | undefined {
  const text = message.text ?? message.caption;
  if (text === undefined) return otherContent.some((kind) => message[kind] !== undefined) ? '' : undefined;
  const command = readCommand(text);
  if (!command) return text;
  return isOther(command.bot, self) ? undefined : command.line;
}

function groupText(message: Message, self: Self): string | undefined {
  const text = message.text ?? message.caption ?? '';
  if (readCommand(text)) return commandText(text, self);
  const asked = withoutMention(message, text, self);
  if (asked !== undefined) return asked;
  const repliedTo = message.reply_to_message;
  // Each message of a topic "replies" to the message that opened it.
  const isReply = repliedTo?.from?.id === self.id && repliedTo.forum_topic_created === undefined;
  return isReply && text !== '' ? text : undefined;
}

interface WrittenCommand {
  readonly word: string;
  /** The bot that the command is for, where it names one. */
  readonly bot?: string;
  /** The command as typed, without the bot's name. */
  readonly line: string;
}

/** `/search@PostbellBot LoRA`; Chinese words count too, though Telegram does not mark them as commands. */
function readCommand(text: string): WrittenCommand | undefined {
  const [start, word, bot] = /^\/([\p{L}\p{N}_]{1,32})(?:@([a-z0-9_]{1,40}))?(?=\s|$)/iu.exec(text) ?? [];
  if (start === undefined || word === undefined) return undefined;
  return { word, ...(bot !== undefined && { bot }), line: `/${word}${text.slice(start.length)}` };
}

/** A command that is ours among several bots; one that names no bot and that we do not know is another's. */
function commandText(text: string, self: Self): string | undefined {
  const command = readCommand(text);
  if (!command || isOther(command.bot, self)) return undefined;
  const isAscii = /^\w+$/.test(command.word);
  const known = commandNames.some((name) => name === command.word.toLowerCase());
  return known || !isAscii || command.bot !== undefined ? command.line : undefined;
}

function isOther(bot: string | undefined, { username }: Self): boolean {
  return bot !== undefined && bot.toLowerCase() !== username.toLowerCase();
}

/** The words beside a mention of us; undefined if there is none. `@OurBot-dev` is somebody else. */
function withoutMention(message: Message, text: string, self: Self): string | undefined {
  const entities = (message.text === undefined ? message.caption_entities : message.entities) ?? [];
  for (const entity of entities) {
    const { offset, length } = entity;
    const name = text.slice(offset, offset + length);
    const isOurs =
      (entity.type === 'mention' &&
        name.toLowerCase() === `@${self.username.toLowerCase()}` &&
        !/^[-\w]/.test(text.slice(offset + length))) ||
      (entity.type === 'text_mention' && entity.user.id === self.id);
    if (isOurs) return `${text.slice(0, offset)}${text.slice(offset + length)}`.trim().replace(/^[,，:：]\s*/u, '');
  }
  return undefined;
}
