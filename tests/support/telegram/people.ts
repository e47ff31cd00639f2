import { publicChat, publicMessage } from './bot-methods.ts';
import type { Update, UpdateFeed } from './update-feed.ts';
import {
  type BotMessage,
  type Chat,
  groupMember,
  groupOwner,
  type MemberStatus,
  type User,
  type World,
} from './world.ts';

export interface Saying {
  /** Who says it; the one whose private chat it is, or an ordinary member of a group. */
  readonly from?: number;
  /** A forum topic. */
  readonly thread?: number;
  readonly replyTo?: BotMessage;
  /** When it was said; now, if left out. */
  readonly at?: Date;
  /** Further fields of the message, such as `sender_chat`. */
  readonly fields?: object;
}

/** What people can do on the server. Ids above 0 are persons and their private chats, below 0 groups and channels. */
export interface People {
  addUser(user: Partial<User> & { id: number }): User;
  /** A group that the bot is in; it has an owner and ordinary members. */
  addGroup(id: number, options?: { type?: Chat['type']; title?: string; topics?: readonly number[] }): Chat;
  setMember(chat: number, user: number, status: MemberStatus): void;
  /** A message of a person; its update. */
  say(chat: number, text: string, saying?: Saying): Update | undefined;
  /** A message with other content than text. */
  post(chat: number, fields: object, saying?: Saying): Update | undefined;
  /** A post of a channel. */
  broadcast(channel: number, text: string): Update | undefined;
  editText(chat: number, messageId: number, text: string, saying?: Saying): Update | undefined;
  /** Changes other content of a message than its text. */
  edit(chat: number, messageId: number, fields: object, saying?: Saying): Update | undefined;
  /** Presses the button with this label (or, failing that, this data) below a message. */
  press(message: BotMessage, labelOrData: string, options?: { from?: number }): PressedButton;
  inlineQuery(from: number, query: string, offset?: string): { readonly id: string };
  answerOfInlineQuery(id: string): Readonly<Record<string, unknown>> | undefined;
  /** The bot's place in a chat changes: `kicked` is blocked in a private chat. */
  setBotStatus(chat: number, status: MemberStatus, options?: { by?: number; silently?: boolean }): void;
  /** A group becomes a supergroup: two service messages, in the order that is asked for. */
  migrate(from: number, to: number, order?: readonly ('to' | 'from')[]): void;
  deleteMessage(message: BotMessage): void;
}

export interface PressedButton {
  readonly update: Update | undefined;
  /** What the bot answered the press with; undefined so far. */
  answered(): Readonly<Record<string, unknown>> | undefined;
}

interface Parts {
  readonly world: World;
  readonly feed: UpdateFeed;
  readonly bot: User;
  readonly callbacks: Map<string, { answered?: Readonly<Record<string, unknown>> }>;
  readonly inlineQueries: Map<string, { answered?: Readonly<Record<string, unknown>> }>;
}

export function createPeople({ world, feed, bot, callbacks, inlineQueries }: Parts): People {
  let queries = 0;
  const seconds = (date = new Date()) => Math.floor(date.getTime() / 1000);
  const shown = (message: BotMessage) => publicMessage(message, { world, bot });

  const message = (chatId: number, content: object, { from, thread, replyTo, at, fields }: Saying = {}) => {
    const chat = world.chatOf(chatId);
    chat.lastMessageId += 1;
    return {
      message_id: chat.lastMessageId,
      from: world.userOf(from ?? (chatId > 0 ? chatId : groupMember)),
      chat: publicChat(chat),
      date: seconds(at),
      ...(thread !== undefined && { message_thread_id: thread, is_topic_message: true }),
      ...(replyTo && { reply_to_message: shown(replyTo) }),
      ...content,
      ...fields,
    };
  };

  const edit: People['edit'] = (chat, messageId, content, saying) =>
    feed.add(
      'edited_message',
      { ...message(chat, content, saying), message_id: messageId, edit_date: seconds(saying?.at) },
      chat,
    );

  const post: People['post'] = (chat, content, saying) => feed.add('message', message(chat, content, saying), chat);

  return {
    addUser: (user) => {
      const made = { is_bot: false, first_name: `Person ${user.id}`, ...user };
      world.users.set(user.id, made);
      return made;
    },
    addGroup: (id, { type = 'supergroup', title = `Group ${-id}`, topics = [] } = {}) => {
      const chat: Chat = {
        id,
        type,
        title,
        topics: new Set(topics),
        members: new Map([
          [groupOwner, 'creator'],
          [groupMember, 'member'],
        ]),
        botStatus: type === 'channel' ? 'administrator' : 'member',
        lastMessageId: 0,
      };
      world.chats.set(id, chat);
      return chat;
    },
    setMember: (chat, user, status) => {
      world.chatOf(chat).members.set(user, status);
    },
    say: (chat, text, saying) => post(chat, { text, ...entitiesOf(text) }, saying),
    post,
    broadcast: (channel, text) => {
      const chat = world.chatOf(channel);
      const { from: _nobody, ...content } = message(channel, {
        text,
        ...entitiesOf(text),
        sender_chat: publicChat(chat),
      });
      return feed.add('channel_post', content, channel);
    },
    editText: (chat, messageId, text, saying) => edit(chat, messageId, { text, ...entitiesOf(text) }, saying),
    edit,
    press: (pressed, labelOrData, { from } = {}) => {
      const buttons = pressed.keyboard.flat();
      const button =
        buttons.find(({ text }) => text === labelOrData) ?? buttons.find(({ data }) => data === labelOrData);
      if (button?.data === undefined) {
        throw new Error(`no button "${labelOrData}" among ${buttons.map(({ text }) => text).join(' | ')}`);
      }
      queries += 1;
      const id = `4382${queries}`;
      const query: { answered?: Readonly<Record<string, unknown>> } = {};
      callbacks.set(id, query);
      const current = world.messageOf(pressed.chat, pressed.messageId) ?? pressed;
      const update = feed.add(
        'callback_query',
        {
          id,
          from: world.userOf(from ?? (pressed.chat > 0 ? pressed.chat : groupMember)),
          message: shown(current),
          chat_instance: String(pressed.chat),
          data: button.data,
        },
        pressed.chat,
      );
      return { update, answered: () => query.answered };
    },
    inlineQuery: (from, query, offset = '') => {
      queries += 1;
      const id = `9911${queries}`;
      inlineQueries.set(id, {});
      feed.add('inline_query', { id, from: world.userOf(from), query, offset, chat_type: 'private' }, from);
      return { id };
    },
    answerOfInlineQuery: (id) => inlineQueries.get(id)?.answered,
    setBotStatus: (chatId, status, { by, silently = false } = {}) => {
      const chat = world.chatOf(chatId);
      const before = chat.botStatus;
      chat.botStatus = status;
      if (silently) return;
      const person = world.userOf(by ?? (chatId > 0 ? chatId : groupOwner));
      feed.add(
        'my_chat_member',
        {
          chat: publicChat(chat),
          from: person,
          date: seconds(),
          old_chat_member: { user: bot, status: before },
          new_chat_member: { user: bot, status },
        },
        chatId,
      );
    },
    migrate: (from, to, order = ['to', 'from']) => {
      const old = world.chatOf(from);
      if (!world.chats.has(to)) {
        world.chats.set(to, { ...old, id: to, type: 'supergroup', lastMessageId: 0, members: new Map(old.members) });
      }
      for (const which of order) {
        if (which === 'to') post(from, { migrate_to_chat_id: to });
        else post(to, { migrate_from_chat_id: from });
      }
      old.migratedTo = to;
    },
    deleteMessage: (deleted) => {
      const current = world.messageOf(deleted.chat, deleted.messageId);
      if (current) current.deleted = true;
    },
  };
}

/** The entities that Telegram finds by itself in what people write: commands and mentions. */
function entitiesOf(text: string): object {
  const entities = [...text.matchAll(/(?<![\w/@])(?:\/[a-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/])|@[a-z]\w{2,31}(?!\w))/gi)];
  return entities.length === 0
    ? {}
    : {
        entities: entities.map(({ 0: found, index }) => ({
          type: found.startsWith('/') ? 'bot_command' : 'mention',
          offset: index,
          length: found.length,
        })),
      };
}
