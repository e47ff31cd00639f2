import { perObject } from '../kernel/per-object.ts';
import { type Card, type MarkedText, plain, type TextRange } from '../message/card.ts';
import { categoryName, type Post } from '../posts/post.ts';
import type { Hit } from '../search/search-index.ts';
import { cleanLine, cut } from './clean-text.ts';
import { tidyPart, withEllipses } from './marked-text.ts';

/** In UTF-16 units. Titles of real posts stay far below; a snippet is about three lines on a phone. */
const longestTitle = 200;
const longestSnippet = 240;
const usualLead = 110;
/** Of a post that is shown alone. */
export const longLead = 240;

/** A post as it stands, shown with the first sentences of its summary. */
export function cardOf(post: Post, leadLength: number = usualLead): Card {
  return bareCard(post, plain(cut(cleanLine(post.title), longestTitle)), plain(leadOf(post.summary, leadLength)));
}

/** The card of a post under the name of its category: it repeats only what lies deeper. */
export function cardWithin(category: string, post: Post): Card {
  const card = cardOf(post);
  const depth = post.category.findIndex((_, at) => categoryName(post.category.slice(0, at + 1)) === category);
  return depth < 0 ? card : { ...card, category: card.category.slice(depth + 1) };
}

/** A post that answers a query, with what answers marked. */
export const hitCard = perObject(({ post, highlights, snippet }: Hit): Card => {
  const marksOf = (field: 'title' | 'summary') => highlights.filter((highlight) => highlight.field === field);
  const shown = { start: snippet.start, end: Math.min(snippet.end, snippet.start + longestSnippet) };
  return bareCard(
    post,
    excerpt(post.title, { start: 0, end: Math.min(post.title.length, longestTitle) }, marksOf('title')),
    excerpt(post.summary, shown, marksOf('summary')),
  );
});

function bareCard(post: Post, title: MarkedText, snippet: MarkedText): Card {
  return {
    postId: post.id,
    title: title.text ? title : plain(post.url),
    url: post.url,
    category: post.category.map(cleanLine).filter((element) => element !== ''),
    snippet,
    ...(post.date !== undefined && { date: post.date }),
    ...(post.image !== undefined && { cover: post.image }),
  };
}

function excerpt(text: string, part: TextRange, marks: readonly TextRange[]): MarkedText {
  const tidy = tidyPart(text, part, marks);
  if (!tidy.text) return tidy;
  const behind = text.slice(part.end).trim() !== '' && !endsSentence(tidy.text);
  return withEllipses(tidy, text.slice(0, part.start).trim() !== '', behind);
}

/** The first sentences, cut after one where that keeps at least half of `length`, else at a word with `…`. */
function leadOf(summary: string, length: number): string {
  const { text } = tidyPart(summary, { start: 0, end: 4 * length }, []);
  if (length === 0 || text.length <= length) return text.slice(0, length);
  const head = text.slice(0, length);
  const sentence = /^.*(?:[。！？…]|[.!?](?= ))/u.exec(head)?.[0];
  if (sentence && sentence.length >= length / 2) return sentence;
  const words = /^.*(?=[ ，；：、])/u.exec(head)?.[0];
  return `${cleanLine(words && words.length >= length / 2 ? words : head)}…`;
}

function endsSentence(text: string): boolean {
  return /[。！？…!?.][”’」』）)]?$/u.test(text);
}
