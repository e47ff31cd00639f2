import type { Message } from '../../message/message.ts';
import { cutToBytes, fitParts } from '../tencent/byte-budget.ts';
import { hrefOf } from '../tencent/markup.ts';
import { articlesOf, type CoverOf } from '../tencent/render-news.ts';
import { renderText, type TextOptions } from '../tencent/render-text.ts';
import type { Reply } from '../tencent/reply.ts';
import { withoutControls } from '../tencent/xml.ts';

/** Bytes: texts are cut at 2,048, without regard to what they are cut in. */
const textLimit = 2_000;
const markdownLimit = 4_000;
const longestTitle = 150;
export const mostArticles = 8;

export interface RenderOptions extends Pick<TextOptions, 'say' | 'wordsOf'> {
  readonly coverOf: CoverOf;
}

/** One answer: pictures for a single card and, with `pictures`, for several; else a text. */
export function renderAnswer(
  message: Message,
  { pictures, ...options }: RenderOptions & { readonly pictures: 'none' | 'one' | 'several' },
): Reply {
  const only = message.cards.length === 1 && (message.page?.count ?? 1) === 1;
  if (message.cards.length > 0 && (pictures === 'several' || (pictures === 'one' && only)))
    return news(message, options);
  return text(message, options, true);
}

/** An announcement: up to 8 articles are one message, more are a text of titles. */
export function renderAnnouncement(message: Message, options: RenderOptions): Reply {
  const { length } = message.cards;
  return length > 0 && length <= mostArticles ? news(message, options) : text(message, options, false);
}

/** An announcement as a robot's body; its texts know no links, so that a long digest is Markdown. */
export function robotBody(message: Message, options: RenderOptions): object {
  const reply = renderAnnouncement(message, options);
  if (reply.kind === 'news') return newsBody(reply);
  const lines = message.cards.map(({ title, url }) => {
    const shown = cutToBytes(escapeMarkdown(title.text), longestTitle);
    const href = hrefOf(url);
    const linked = href && `- [${shown}](${href.replaceAll('(', '%28').replaceAll(')', '%29')})`;
    return [() => linked ?? `- ${shown}`];
  });
  const content = fitParts([[() => cutToBytes(escapeMarkdown(message.text), 500)], ...lines], markdownLimit);
  return { msgtype: 'markdown', markdown: { content } };
}

/** The body of `message/send` or of a robot, without the receiver. */
export function messageBody(reply: Exclude<Reply, { kind: 'none' }>): object {
  return reply.kind === 'news' ? newsBody(reply) : { msgtype: 'text', text: { content: reply.content } };
}

function newsBody({ articles }: Extract<Reply, { kind: 'news' }>): object {
  return {
    msgtype: 'news',
    news: {
      articles: articles.map(({ title, description, url, picture }) => ({
        title,
        description,
        ...(url !== undefined && { url }),
        ...(picture !== undefined && { picurl: picture }),
      })),
    },
  };
}

function news(message: Message, { coverOf }: RenderOptions): Reply {
  return { kind: 'news', articles: articlesOf(message, coverOf, mostArticles) };
}

function text(message: Message, options: RenderOptions, remembered: boolean): Reply {
  return {
    kind: 'text',
    content: renderText(message, { ...options, limit: textLimit, sendingLinks: false, remembered }),
  };
}

/** Brackets and signs of Markdown become their full-width twins: nothing of a title can be taken for a link. */
function escapeMarkdown(content: string): string {
  const twins: Record<string, string> = {
    '[': '［',
    ']': '］',
    '<': '＜',
    '>': '＞',
    '`': '｀',
    '*': '＊',
    _: '＿',
    '#': '＃',
  };
  return withoutControls(content).replace(/[[\]<>`*_#]/g, (sign) => twins[sign] ?? sign);
}
