/** What a reader sees in answer to a message. */
export type PassiveAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly content: string }
  | { readonly kind: 'news'; readonly articles: readonly PassiveArticle[] };

export interface PassiveArticle {
  readonly title: string;
  readonly description: string;
  readonly picture: string;
  readonly url: string;
}

/** The most that is shown; WeChat shows a fault in place of longer texts. */
const longestText = 1_800;

/**
 * Reads an answer as strictly as the platform: names in their case, values in CDATA, nothing missing, counted
 * right. Whatever the platform would show as "service out of order" throws.
 *
 * @param mostArticles Those beyond are dropped by the platform without a word, so here they throw.
 */
export function readPassiveAnswer(
  xml: string,
  parties: { readonly reader: string; readonly account: string },
  mostArticles: number,
): PassiveAnswer {
  if (xml === '' || xml === 'success') return { kind: 'none' };
  const root = /^<xml>(.*)<\/xml>$/s.exec(xml)?.[1];
  if (root === undefined) throw new Error(`no XML answer: ${xml.slice(0, 200)}`);
  if (value(root, 'ToUserName') !== parties.reader) throw new Error('the answer is not for the reader');
  if (value(root, 'FromUserName') !== parties.account) throw new Error('the answer is not from the account');
  if (!/<CreateTime>\d{10}<\/CreateTime>/.test(root)) throw new Error('CreateTime is no time in seconds');
  switch (value(root, 'MsgType')) {
    case 'text': {
      const content = value(root, 'Content');
      checkText(content, longestText);
      return { kind: 'text', content };
    }
    case 'news': {
      const items = [...root.matchAll(/<item>(.*?)<\/item>/gs)].map(([, item = '']) => ({
        title: value(item, 'Title'),
        description: value(item, 'Description'),
        picture: optional(item, 'PicUrl'),
        url: value(item, 'Url'),
      }));
      if (Number(/<ArticleCount>(\d+)<\/ArticleCount>/.exec(root)?.[1]) !== items.length) throw new Error('miscounted');
      if (items.length === 0 || items.length > mostArticles) throw new Error(`${items.length} articles`);
      for (const { url, title } of items) {
        if (!/^https?:\/\//.test(url) || title === '') throw new Error('an article without address or title');
      }
      return { kind: 'news', articles: items };
    }
    default:
      throw new Error(`unknown type: ${xml.slice(0, 200)}`);
  }
}

/** The words of an answer that is a text. */
export function textOf(answer: PassiveAnswer): string {
  if (answer.kind !== 'text') throw new Error(`not a text: ${JSON.stringify(answer)}`);
  return answer.content;
}

/** The articles of an answer that has some. */
export function articlesOf(answer: PassiveAnswer): readonly PassiveArticle[] {
  if (answer.kind !== 'news') throw new Error(`no articles: ${JSON.stringify(answer)}`);
  return answer.articles;
}

/** What would be shown broken: too long, cut within a character or a tag, an empty text. */
export function checkText(content: string, limit: number): void {
  if (content.trim() === '') throw new Error('an empty text');
  const bytes = Buffer.byteLength(content);
  if (bytes > limit) throw new Error(`${bytes} bytes`);
  if (content.includes('\ufffd')) throw new Error('a text cut within a character');
  const rest = content.replace(
    /<a href="(?:https?:\/\/|weixin:\/\/bizmsgmenu\?)[^"<>\s]+(?: [^"<>]*)?">[^<>]+<\/a>/g,
    '',
  );
  if (/[<>]/.test(rest)) throw new Error(`broken markup: ${rest}`);
}

function value(xml: string, name: string): string {
  const found = optional(xml, name);
  if (!new RegExp(`<${name}>`).test(xml)) throw new Error(`${name} is missing`);
  return found;
}

/** The text of an element in one or more CDATA sections. */
function optional(xml: string, name: string): string {
  const inner = new RegExp(`<${name}>((?:<!\\[CDATA\\[.*?\\]\\]>)+)</${name}>`, 's').exec(xml)?.[1] ?? '';
  return [...inner.matchAll(/<!\[CDATA\[(.*?)\]\]>/gs)].map(([, text]) => text).join('');
}
