import { badRequest } from './api-refusal.ts';
import { type FormattedText, parseTelegramHtml } from './telegram-html.ts';
import type { Chat } from './world.ts';

const maximumRawBytes = 32_768;
const maximumEntities = 100;

/** What a message may hold, after parsing, in characters. */
const maximumText = 4096;
export const maximumCaption = 1024;

/**
 * The text of a message as the server keeps it, or its refusal.
 *
 * @throws ApiRefusal for what the real server refuses: markup, lengths, nothing to read, broken UTF-8
 */
export function readText(
  raw: unknown,
  parseMode: unknown,
  { maximum = maximumText, mayBeEmpty = false }: { maximum?: number; mayBeEmpty?: boolean } = {},
): FormattedText {
  const source = typeof raw === 'string' ? raw : '';
  if (Buffer.byteLength(source) > maximumRawBytes) throw badRequest('text is too long');
  if (Buffer.from(source).toString() !== source) throw badRequest('strings must be encoded in UTF-8');
  if (parseMode !== undefined && parseMode !== 'HTML') throw badRequest('unsupported parse_mode');
  const parsed = parseMode === 'HTML' ? parseTelegramHtml(source) : { text: source, entities: [] };
  const text = cleaned(parsed.text);
  if (/^[\s\p{Format}\u2800]*$/u.test(text) && !mayBeEmpty) throw badRequest('message text is empty');
  if (text.length > maximum) throw badRequest('message is too long');
  if (parsed.entities.length > maximumEntities) throw badRequest('ENTITIES_TOO_LONG');
  return { text: text.trimEnd(), entities: parsed.entities };
}

/** Control characters become spaces and line separators vanish, as on the real server. */
function cleaned(text: string): string {
  return text.replace(/[\p{Control}\u2028-\u202e]/gu, (char) => {
    if (char === '\n' || char >= '\u007f') return char >= '\u2028' ? '' : char;
    return char === '\r' ? '' : ' ';
  });
}

export interface Button {
  readonly text: string;
  readonly data?: string;
  readonly url?: string;
  readonly switchInline?: string;
  /** The address of a Mini App. */
  readonly app?: string;
}

/**
 * The inline keyboard of a message to a chat of this type; undefined where the chat is not known.
 *
 * @throws ApiRefusal for buttons that the real server refuses; those that it drops without a word are dropped
 */
export function readKeyboard(markup: unknown, chat?: Chat['type']): readonly (readonly Button[])[] {
  if (markup === undefined || markup === null) return [];
  const rows: unknown = isRecord(markup) ? markup.inline_keyboard : undefined;
  if (!Array.isArray(rows)) return [];
  let count = 0;
  return rows.flatMap((row: unknown) => {
    if (!Array.isArray(row)) throw badRequest("can't parse inline keyboard: field must be an Array");
    const buttons = row.slice(0, 12).flatMap((button: unknown) => {
      const read = readButton(button, chat);
      count += 1;
      return read === undefined || count > 300 ? [] : [read];
    });
    return buttons.length === 0 ? [] : [buttons];
  });
}

function readButton(button: unknown, chat: Chat['type'] | undefined): Button | undefined {
  if (!isRecord(button) || typeof button.text !== 'string') {
    throw badRequest(`can't parse inline keyboard button: Field "text" must be of type String`);
  }
  const { text, url, callback_data: data } = button;
  const kinds = ['url', 'callback_data', 'switch_inline_query', 'switch_inline_query_current_chat', 'web_app'].filter(
    (kind) => button[kind] !== undefined,
  );
  if (kinds.length !== 1) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  }
  if (url !== undefined && !isButtonUrl(String(url))) {
    throw badRequest(`inline keyboard button URL '${String(url)}' is invalid: Wrong HTTP URL`);
  }
  if (data !== undefined) {
    const bytes = Buffer.byteLength(String(data));
    if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID');
  }
  const app = isRecord(button.web_app) ? String(button.web_app.url) : undefined;
  if (kinds[0] === 'web_app') {
    if (chat !== 'private') throw badRequest('BUTTON_TYPE_INVALID');
    if (!app?.startsWith('https://') || !isButtonUrl(app)) {
      throw badRequest(`inline keyboard button Web App URL '${app}' is invalid: Only HTTPS links are allowed`);
    }
  }
  if (text.trim() === '') return undefined;
  const inline = button.switch_inline_query ?? button.switch_inline_query_current_chat;
  return {
    text,
    ...(data !== undefined && { data: String(data) }),
    ...(url !== undefined && { url: String(url) }),
    ...(inline !== undefined && { switchInline: String(inline) }),
    ...(app !== undefined && { app }),
  };
}

function isButtonUrl(url: string): boolean {
  if (/^tg:\/\//i.test(url)) return true;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') && parsed.hostname.includes('.');
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
