import { ApiRefusal, badRequest } from './api-refusal.ts';
import { isRecord, maximumCaption, readKeyboard, readText } from './message-content.ts';
import type { RateLimits } from './rate-limits.ts';
import { checkedLink } from './telegram-html.ts';
import type { UpdateFeed } from './update-feed.ts';
import type { BotMessage, Chat, ChatEvent, MemberStatus, User, World } from './world.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** A method of the Bot API: its result, or an ApiRefusal thrown. */
export type Method = (parameters: Parameters, closed: AbortSignal) => unknown;

export interface MethodsOptions {
  readonly world: World;
  readonly feed: UpdateFeed;
  readonly limits: RateLimits;
  readonly bot: User;
  /** Whether its author has made a Mini App its main one. */
  readonly hasMainApp: boolean;
  /** Where a webhook address really is; undefined where nobody is. */
  readonly resolve: (url: string) => string | undefined;
  readonly happened: (event: ChatEvent) => void;
  readonly callbacks: Map<string, { answered?: Parameters }>;
  readonly inlineQueries: Map<string, { answered?: Parameters }>;
}

/** The methods that the server knows, by name. */
export function createBotMethods(options: MethodsOptions): Readonly<Record<string, Method>> {
  const { world, feed, bot, callbacks, inlineQueries } = options;
  const settings = new Map<string, unknown>();
  const settingKey = (name: string, { scope, language_code }: Parameters) =>
    `${name} ${JSON.stringify(scope ?? { type: 'default' })} ${language_code ?? ''}`;
  let webhookSetAt = Number.NEGATIVE_INFINITY;

  return {
    getMe: () => ({
      ...bot,
      can_join_groups: true,
      can_read_all_group_messages: true,
      supports_inline_queries: true,
      has_main_web_app: options.hasMainApp,
    }),
    getUpdates: (parameters, closed) => feed.poll(parameters, closed),
    setWebhook: ({ url, secret_token, max_connections, allowed_updates, drop_pending_updates }) => {
      const now = Date.now();
      if (now - webhookSetAt < 1000) throw new ApiRefusal(429, 'Too Many Requests: retry after 1', { retry_after: 1 });
      webhookSetAt = now;
      if (drop_pending_updates === true) throw new Error('the bot would lose updates');
      if (typeof url !== 'string' || url === '') {
        feed.setWebhook(undefined, allowed_updates);
        return true;
      }
      if (!url.startsWith('https://')) {
        throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
      }
      if (secret_token !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(String(secret_token))) {
        throw badRequest('secret token contains unallowed characters');
      }
      const target = options.resolve(url);
      if (target === undefined) throw badRequest('bad webhook: Failed to resolve host: Name or service not known');
      const maximumConnections = Number(max_connections ?? 40);
      feed.setWebhook(
        { url, target, maximumConnections, ...(secret_token !== undefined && { secret: String(secret_token) }) },
        allowed_updates,
      );
      return true;
    },
    deleteWebhook: ({ drop_pending_updates }) => {
      if (drop_pending_updates === true) throw new Error('the bot would lose updates');
      feed.setWebhook(undefined, undefined);
      return true;
    },
    getWebhookInfo: () => ({
      url: feed.webhook()?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: feed.waiting().length,
      ...feed.lastFailure(),
    }),
    sendMessage: (parameters) => {
      const content = readText(parameters.text, parameters.parse_mode);
      return publicMessage(send(options, parameters, { ...content, html: String(parameters.text) }), options);
    },
    sendPhoto: (parameters) => {
      const content = readText(parameters.caption, parameters.parse_mode, {
        maximum: maximumCaption,
        mayBeEmpty: true,
      });
      const photo = parameters.photo;
      if (photo === undefined) throw badRequest('there is no photo in the request');
      if (typeof photo === 'string' && checkedLink(photo) === undefined) {
        throw badRequest('wrong file identifier/HTTP URL specified');
      }
      const message = send(options, parameters, { ...content, html: String(parameters.caption ?? '') });
      message.photo = photo;
      return publicMessage(message, options);
    },
    editMessageText: (parameters) => {
      const chat = world.writable(parameters.chat_id);
      assertMayWrite(chat);
      const message = world.messageOf(chat.id, Number(parameters.message_id));
      if (!message || message.deleted) throw badRequest('message to edit not found');
      const { text, entities } = readText(parameters.text, parameters.parse_mode);
      const keyboard = readKeyboard(parameters.reply_markup, chat.type);
      const preview = parameters.link_preview_options;
      const content = (of: Pick<BotMessage, 'text' | 'entities' | 'keyboard' | 'preview'>) =>
        JSON.stringify([of.text, of.entities, of.keyboard, of.preview]);
      if (content(message) === content({ text, entities, keyboard, preview })) {
        throw badRequest(
          'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
        );
      }
      Object.assign(message, { text, entities, keyboard, preview, html: String(parameters.text) });
      message.edits += 1;
      options.happened({ kind: 'edited', message: { ...message } });
      return publicMessage(message, options);
    },
    answerCallbackQuery: (parameters) => {
      const query = callbacks.get(String(parameters.callback_query_id));
      if (!query || query.answered) {
        throw badRequest('query is too old and response timeout expired or query ID is invalid');
      }
      if (String(parameters.text ?? '').length > 200) throw badRequest('MESSAGE_TOO_LONG');
      query.answered = parameters;
      return true;
    },
    answerInlineQuery: (parameters) => {
      const query = inlineQueries.get(String(parameters.inline_query_id));
      if (!query || query.answered) {
        throw badRequest('query is too old and response timeout expired or query ID is invalid');
      }
      assertInlineResults(parameters);
      query.answered = parameters;
      return true;
    },
    sendChatAction: ({ chat_id, message_thread_id }) => {
      assertMayWrite(world.writable(chat_id, message_thread_id));
      return true;
    },
    getChat: ({ chat_id }) => publicChat(world.writable(chat_id)),
    getChatAdministrators: ({ chat_id }) => {
      const chat = world.writable(chat_id);
      if (chat.type === 'private') throw badRequest('there are no administrators in the private chat');
      if (isOutside(chat.botStatus)) throw new ApiRefusal(403, forbidden(chat));
      return [...chat.members]
        .filter(([, status]) => status === 'creator' || status === 'administrator')
        .map(([id, status]) => ({ user: world.userOf(id), status, is_anonymous: false }));
    },
    getChatMember: ({ chat_id, user_id }) => {
      const chat = world.writable(chat_id);
      const status = chat.members.get(Number(user_id)) ?? (chat.type === 'private' ? 'member' : 'left');
      return { user: world.userOf(Number(user_id)), status };
    },
    setMyCommands: (parameters) => {
      const { commands } = parameters;
      if (!Array.isArray(commands) || commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
      for (const command of commands) {
        if (!isRecord(command) || !/^[a-z0-9_]{1,32}$/.test(String(command.command))) {
          throw badRequest('BOT_COMMAND_INVALID');
        }
        const length = String(command.description ?? '').length;
        if (length < 1 || length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
      }
      assertScope(world, parameters.scope);
      settings.set(settingKey('commands', parameters), commands);
      return true;
    },
    getMyCommands: (parameters) => settings.get(settingKey('commands', parameters)) ?? [],
    deleteMyCommands: (parameters) => {
      settings.delete(settingKey('commands', parameters));
      return true;
    },
    setMyDescription: (parameters) => {
      if (String(parameters.description ?? '').length > 512) throw badRequest('BOT_DESCRIPTION_TOO_LONG');
      settings.set(settingKey('description', parameters), parameters.description ?? '');
      return true;
    },
    getMyDescription: (parameters) => ({ description: settings.get(settingKey('description', parameters)) ?? '' }),
    setMyShortDescription: (parameters) => {
      if (String(parameters.short_description ?? '').length > 120) throw badRequest('BOT_SHORT_DESCRIPTION_TOO_LONG');
      settings.set(settingKey('short', parameters), parameters.short_description ?? '');
      return true;
    },
    getMyShortDescription: (parameters) => ({
      short_description: settings.get(settingKey('short', parameters)) ?? '',
    }),
    setChatMenuButton: (parameters) => {
      settings.set('menu', readMenuButton(parameters.menu_button));
      return true;
    },
    getChatMenuButton: () => settings.get('menu') ?? { type: 'default' },
  };
}

function send(
  { world, limits, happened }: MethodsOptions,
  parameters: Parameters,
  content: Pick<BotMessage, 'text' | 'entities' | 'html'>,
): BotMessage {
  const chat = world.writable(parameters.chat_id, parameters.message_thread_id);
  assertMayWrite(chat);
  const keyboard = readKeyboard(parameters.reply_markup, chat.type);
  const reply = isRecord(parameters.reply_parameters) ? parameters.reply_parameters : undefined;
  const replyTo = reply && Number(reply.message_id);
  if (replyTo !== undefined && replyTo > chat.lastMessageId && reply?.allow_sending_without_reply !== true) {
    throw badRequest('message to be replied not found');
  }
  limits.admit(chat.id, Date.now());
  chat.lastMessageId += 1;
  const thread = parameters.message_thread_id;
  const message: BotMessage = {
    chat: chat.id,
    messageId: chat.lastMessageId,
    ...(thread !== undefined && { thread: Number(thread) }),
    ...(replyTo !== undefined && { replyTo }),
    at: Date.now(),
    ...content,
    keyboard,
    preview: parameters.link_preview_options,
    edits: 0,
    deleted: false,
  };
  world.put(message);
  happened({ kind: 'sent', message: { ...message } });
  return message;
}

const isOutside = (status: MemberStatus) => status === 'left' || status === 'kicked';

function forbidden({ type, botStatus }: Chat): string {
  if (type === 'private') return 'Forbidden: bot was blocked by the user';
  if (type === 'channel') return 'Forbidden: bot is not a member of the channel chat';
  return botStatus === 'kicked'
    ? `Forbidden: bot was kicked from the ${type} chat`
    : `Forbidden: bot is not a member of the ${type} chat`;
}

function assertMayWrite(chat: Chat): void {
  if (isOutside(chat.botStatus)) throw new ApiRefusal(403, forbidden(chat));
}

/** https://core.telegram.org/bots/api#botcommandscope: commands of one chat need the chat. */
function assertScope(world: World, scope: unknown): void {
  if (isRecord(scope) && scope.chat_id !== undefined) world.writable(scope.chat_id);
}

/** https://core.telegram.org/bots/api#menubutton */
function readMenuButton(button: unknown): object {
  if (!isRecord(button)) return { type: 'default' };
  if (button.type === 'commands' || button.type === 'default') return { type: button.type };
  const url = isRecord(button.web_app) ? String(button.web_app.url) : '';
  if (button.type !== 'web_app' || String(button.text ?? '') === '') throw badRequest("can't parse menu button");
  if (!url.startsWith('https://')) throw badRequest('menu button Web App URL is invalid: Only HTTPS links are allowed');
  return button;
}

/** https://core.telegram.org/bots/api#answerinlinequery */
function assertInlineResults({ results, next_offset, button }: Parameters): void {
  if (!Array.isArray(results)) throw badRequest("can't parse inline query results JSON object");
  if (results.length > 50) throw badRequest('RESULTS_TOO_MUCH');
  if (Buffer.byteLength(String(next_offset ?? '')) > 64) throw badRequest('NEXT_OFFSET_INVALID');
  if (isRecord(button) && !/^[A-Za-z0-9_-]{1,64}$/.test(String(button.start_parameter ?? 'x'))) {
    throw badRequest('START_PARAM_INVALID');
  }
  const ids = new Set<string>();
  for (const result of results) {
    if (!isRecord(result)) throw badRequest("can't parse inline query result");
    const id = String(result.id ?? '');
    if (id === '' || Buffer.byteLength(id) > 64) throw badRequest('RESULT_ID_INVALID');
    if (ids.has(id)) throw badRequest('RESULT_ID_DUPLICATE');
    ids.add(id);
    if (result.type !== 'article' || String(result.title ?? '') === '') throw badRequest('RESULT_TYPE_INVALID');
    const content = isRecord(result.input_message_content) ? result.input_message_content : {};
    readText(content.message_text, content.parse_mode);
    readKeyboard(result.reply_markup);
    if (result.thumbnail_url !== undefined && checkedLink(String(result.thumbnail_url)) === undefined) {
      throw badRequest('WEBDOCUMENT_URL_INVALID');
    }
  }
}

export function publicChat({ id, type, title, topics }: Chat): object {
  return type === 'private'
    ? { id, type, first_name: title }
    : { id, type, title, ...(topics.size > 0 && { is_forum: true }) };
}

/** A message of the bot as the Bot API shows it. */
export function publicMessage(
  { chat, messageId, thread, at, text, entities, keyboard }: BotMessage,
  { world, bot }: Pick<MethodsOptions, 'world' | 'bot'>,
): object {
  return {
    message_id: messageId,
    from: bot,
    chat: publicChat(world.chatOf(chat)),
    date: Math.floor(at / 1000),
    text,
    entities,
    ...(thread !== undefined && { message_thread_id: thread, is_topic_message: true }),
    ...(keyboard.length > 0 && {
      reply_markup: {
        inline_keyboard: keyboard.map((row) =>
          row.map(({ text: label, data, url, app }) => ({
            text: label,
            ...(data !== undefined && { callback_data: data }),
            ...(url !== undefined && { url }),
            ...(app !== undefined && { web_app: { url: app } }),
          })),
        ),
      },
    }),
  };
}
