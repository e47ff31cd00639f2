import { badRequest } from './api-refusal.ts';

export interface Entity {
  readonly type: string;
  /** In UTF-16 units, as the Bot API counts. */
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
}

export interface FormattedText {
  readonly text: string;
  readonly entities: readonly Entity[];
}

const typeOfTag: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  'tg-emoji': 'custom_emoji',
};

const namedEntities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

interface OpenTag {
  readonly tag: string;
  readonly start: number;
  readonly attributes: ReadonlyMap<string, string>;
}

const isSpace = (char: string | undefined) => char === ' ' || char === '\n' || char === '\t' || char === '\r';

/**
 * Reads text in `parse_mode: HTML` by the rules of the Bot API ("HTML style" of its documentation, and the
 * wording of the real server's refusals): known tags only, four named entities, tags closed in order.
 *
 * @throws ApiRefusal with "can't parse entities"
 */
export function parseTelegramHtml(html: string): FormattedText {
  const refuse = (what: string, at: number) =>
    badRequest(`can't parse entities: ${what} at byte offset ${Buffer.byteLength(html.slice(0, at))}`);
  const open: OpenTag[] = [];
  const entities: Entity[] = [];
  let text = '';
  let at = 0;

  const readStartTag = () => {
    const begin = at;
    let end = begin + 1;
    while (end < html.length && !isSpace(html[end]) && html[end] !== '>') end += 1;
    if (end >= html.length) throw refuse('Unclosed start tag', begin);
    const tag = html.slice(begin + 1, end).toLowerCase();
    if (!Object.hasOwn(typeOfTag, tag)) throw refuse(`Unsupported start tag "${tag}"`, begin);
    const attributes = new Map<string, string>();
    at = end;
    for (;;) {
      while (isSpace(html[at])) at += 1;
      if (at >= html.length) throw refuse(`Unclosed start tag "${tag}"`, begin);
      if (html[at] === '>') break;
      const nameBegin = at;
      while (at < html.length && !isSpace(html[at]) && html[at] !== '=' && html[at] !== '>') at += 1;
      const name = html.slice(nameBegin, at).toLowerCase();
      if (name === '') throw refuse(`Empty attribute name in the tag "${tag}"`, begin);
      while (isSpace(html[at])) at += 1;
      if (html[at] !== '=') {
        attributes.set(name, '');
        continue;
      }
      at += 1;
      while (isSpace(html[at])) at += 1;
      const quote = html[at];
      if (quote === '"' || quote === "'") {
        const close = html.indexOf(quote, at + 1);
        if (close < 0) throw refuse('Unclosed start tag', begin);
        attributes.set(name, decodeEntities(html.slice(at + 1, close)));
        at = close + 1;
      } else {
        const value = /^[A-Za-z0-9.-]+/.exec(html.slice(at, at + 256))?.[0];
        if (value === undefined) throw refuse('Unexpected end of name token', at);
        attributes.set(name, value);
        at += value.length;
      }
    }
    at += 1;
    if (tag === 'span' && attributes.get('class') !== 'tg-spoiler') {
      throw refuse('Tag "span" must have class "tg-spoiler"', begin);
    }
    if (tag === 'tg-emoji' && !attributes.get('emoji-id')) {
      throw refuse('Tag "tg-emoji" must have an attribute "emoji-id"', begin);
    }
    open.push({ tag, start: text.length, attributes });
  };

  const readEndTag = () => {
    const begin = at;
    const last = open.pop();
    if (!last) throw refuse('Unexpected end tag', begin);
    let end = begin + 2;
    while (end < html.length && !isSpace(html[end]) && html[end] !== '>') end += 1;
    const tag = html.slice(begin + 2, end).toLowerCase();
    while (isSpace(html[end])) end += 1;
    if (html[end] !== '>') throw refuse('Unclosed end tag', begin);
    if (tag !== '' && tag !== last.tag) {
      const found = `Unmatched end tag at byte offset ${Buffer.byteLength(html.slice(0, begin))}`;
      throw badRequest(`can't parse entities: ${found}, expected "</${last.tag}>", found "</${tag}>"`);
    }
    at = end + 1;
    const entity = entityOf(last, text);
    if (entity) entities.push(entity);
  };

  while (at < html.length) {
    if (html[at] === '<') {
      if (html[at + 1] === '/') readEndTag();
      else readStartTag();
      continue;
    }
    if (html[at] === '&') {
      const { value, length } = decodeEntity(html, at);
      text += value;
      at += length;
      continue;
    }
    let end = at + 1;
    while (end < html.length && html[end] !== '<' && html[end] !== '&') end += 1;
    text += html.slice(at, end);
    at = end;
  }
  const unclosed = open.pop();
  if (unclosed) {
    throw badRequest(`can't parse entities: Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  }
  return { text, entities: entities.sort((one, other) => one.offset - other.offset || other.length - one.length) };
}

function entityOf({ tag, start, attributes }: OpenTag, text: string): Entity | undefined {
  const length = text.length - start;
  const type = typeOfTag[tag];
  if (length === 0 || type === undefined) return undefined;
  if (tag !== 'a') return { type, offset: start, length };
  const url = checkedLink(attributes.get('href') || text.slice(start));
  return url === undefined ? undefined : { type, offset: start, length, url };
}

/** A link that the real server would keep; the others lose their entity without a word. */
export function checkedLink(link: string): string | undefined {
  if (/^tg:\/\//i.test(link)) return link;
  const full = /^[a-z][a-z0-9+.-]*:/i.test(link) ? link : `http://${link}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  const known = url?.protocol === 'http:' || url?.protocol === 'https:';
  return url && known && url.hostname.includes('.') && !/\s/.test(link) ? url.href : undefined;
}

function decodeEntities(text: string): string {
  let decoded = '';
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('&', at);
    if (next < 0) return decoded + text.slice(at);
    const { value, length } = decodeEntity(text, next);
    decoded += text.slice(at, next) + value;
    at = next + length;
  }
  return decoded;
}

function decodeEntity(text: string, at: number): { value: string; length: number } {
  const [whole, decimal, hex, name] =
    /^&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));?/i.exec(text.slice(at, at + 12)) ?? [];
  if (whole) {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    if (code !== undefined && code > 0 && code < 0x10_ffff && (code < 0xd800 || code > 0xdfff)) {
      return { value: String.fromCodePoint(code), length: whole.length };
    }
    const value = name === undefined ? undefined : namedEntities[name];
    if (value !== undefined && whole.endsWith(';')) return { value, length: whole.length };
  }
  return { value: '&', length: 1 };
}
