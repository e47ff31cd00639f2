import { trimEnd } from '../kernel/trim-text.ts';
import type { Post, SeriesPlace } from './post.ts';

const chineseDigits = '零一二三四五六七八九';

/** How the parts of a series are numbered; the first group is the number. Written in the title's NFKC form. */
const partMarks: readonly RegExp[] = [
  /\(\s*([一二三四五六七八九十]{1,3}|\d{1,3})\s*\)/,
  /第\s*([一二三四五六七八九十百]{1,4}|\d{1,3})\s*(?:部分|[篇章节回集讲课期弹辑部])/,
  /(?:\bpart|\bpt\.?|\bepisode|\bep\.?|\bchapter|\bvol\.?|\bvolume|\blesson|\bday|\bno\.)\s*(\d{1,3}|i{1,3}|iv|vi{0,3}|ix|x)\b/i,
  /([上中下])(?:\s*[)篇]|$)/,
  /(?:串烧|系列|笔记|连载|教程|专题|漫谈|杂谈|日记|周报|周刊|合集|入门|实战|之)\s*(\d{1,3})(?![\d.年月日])/,
  /#(\d{1,3})(?!\d)/,
  /[\s-](\d{1,2})(?=\s*[:：-]|\s*$)/,
];

/** Longer titles are no titles; in characters. */
const longestTitle = 300;

interface Mark {
  readonly name: string;
  readonly place: number;
}

/**
 * Finds the series within each category: posts whose titles say the same up to the number of their part, such as
 * `串烧1 … 7`, `（一）（二）`, `上 / 下` and `Part 2`. Two parts with different numbers make a series.
 *
 * @returns the posts in the same order, those of a series with their `series`
 */
export function placeInSeries(posts: readonly Post[]): Post[] {
  const series = new Map<string, { post: number; place: number }[]>();
  for (const [at, post] of posts.entries()) {
    const mark = partOf(post.title);
    if (!mark) continue;
    const key = JSON.stringify([post.category, comparable(mark.name)]);
    const parts = series.get(key);
    if (parts) parts.push({ post: at, place: mark.place });
    else series.set(key, [{ post: at, place: mark.place }]);
  }
  const places = new Map<number, SeriesPlace>();
  for (const parts of series.values()) {
    if (new Set(parts.map(({ place }) => place)).size < 2) continue;
    const [first] = [...parts].sort((one, other) => one.place - other.place || one.post - other.post);
    const name = partOf(posts[first?.post ?? 0]?.title ?? '')?.name ?? '';
    for (const { post, place } of parts) places.set(post, { name, place });
  }
  return posts.map((post, at) => {
    const place = places.get(at);
    return place ? { ...post, series: place } : post;
  });
}

/** The name of the series and the part's number that a title claims. What follows the number is the part's own. */
export function partOf(title: string): Mark | undefined {
  const text = title.slice(0, longestTitle).normalize('NFKC').trim();
  for (const mark of partMarks) {
    const match = mark.exec(text);
    if (!match) continue;
    const name = seriesName(text, match.index, mark);
    const place = numberOf(match[1] ?? '');
    if (name !== undefined && place !== undefined) return { name, place };
  }
  return undefined;
}

/** The title up to the number; where the title begins with the number, what follows it. */
function seriesName(text: string, at: number, mark: RegExp): string | undefined {
  const found = mark.exec(text)?.[0] ?? '';
  const word = /^[一-龥]{1,2}(?=\s*\d)/.exec(found)?.[0];
  const head = `${text.slice(0, at)}${word && !found.startsWith('第') ? word : ''}`;
  const before = trimEnd(head, /[\s:,;|·\-–—(（【[「]/u);
  if (/[\p{L}]{2}/u.test(before)) return before.trim();
  const after = text.slice(at + found.length).replace(/^[\s:,;|·\-–—)）】\]」]+/u, '');
  return at === 0 && /[\p{L}]{2}/u.test(after) ? after.trim() : undefined;
}

function comparable(name: string): string {
  return name.toLowerCase().replace(/[\s\p{P}]+/gu, '');
}

const romans = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];

function numberOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const thirds = ['上', '中', '下'].indexOf(text);
  if (thirds >= 0) return thirds + 1;
  const roman = romans.indexOf(text.toLowerCase());
  if (roman >= 0) return roman + 1;
  const [, hundreds, tens, ones] =
    /^(?:([一二三四五六七八九])百)?(?:([一二三四五六七八九])?十)?([一二三四五六七八九])?$/.exec(
      text.replace('零', ''),
    ) ?? [];
  const ten = text.includes('十') ? (tens ? chineseDigits.indexOf(tens) : 1) : 0;
  const number =
    (hundreds ? chineseDigits.indexOf(hundreds) * 100 : 0) + ten * 10 + (ones ? chineseDigits.indexOf(ones) : 0);
  return number > 0 ? number : undefined;
}
