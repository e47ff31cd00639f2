import { cdata } from './xml.ts';

/** One article of a picture message. What it lacks of picture and address is left out: an empty address opens a blank page. */
export interface Article {
  readonly title: string;
  readonly description: string;
  readonly picture?: string;
  readonly url?: string;
}

/** What answers a callback; it survives JSON, so that a repeat gets the very same. */
export type Reply =
  /** Nothing is shown to the reader. */
  | { readonly kind: 'none' }
  /** With `<a href>` markup and nothing else of it. */
  | { readonly kind: 'text'; readonly content: string }
  | { readonly kind: 'news'; readonly articles: readonly Article[] };

export const noReply: Reply = { kind: 'none' };

/** What tells the platform that nothing is to be shown. An answer with an empty text shows a fault to the reader. */
export const success = 'success';

/** The XML of a reply; element names are the platforms' and case matters. Undefined where there is nothing to show. */
export function writeReply(reply: Reply, to: string, from: string, at: Date): string | undefined {
  const envelope = (type: string, body: string) =>
    `<xml><ToUserName>${cdata(to)}</ToUserName><FromUserName>${cdata(from)}</FromUserName>` +
    `<CreateTime>${Math.floor(at.getTime() / 1000)}</CreateTime><MsgType>${cdata(type)}</MsgType>${body}</xml>`;
  if (reply.kind === 'text' && reply.content !== '') {
    return envelope('text', `<Content>${cdata(reply.content)}</Content>`);
  }
  if (reply.kind === 'news' && reply.articles.length > 0) {
    const items = reply.articles.map(writeArticle).join('');
    return envelope('news', `<ArticleCount>${reply.articles.length}</ArticleCount><Articles>${items}</Articles>`);
  }
  return undefined;
}

function writeArticle({ title, description, picture, url }: Article): string {
  const field = (name: string, value: string) => `<${name}>${cdata(value)}</${name}>`;
  const words = field('Title', title) + field('Description', description);
  return `<item>${words}${picture ? field('PicUrl', picture) : ''}${url ? field('Url', url) : ''}</item>`;
}
