import type { Document } from '../corpus/document.ts';
import { documentOf, FIELDS, SLUG, SUMMARY, TITLE } from '../corpus/document.ts';
import type { View } from '../corpus/view.ts';
import { fillers } from '../query/fillers.ts';
import type { Lexicon } from '../query/lexicon.ts';
import { readAtoms } from '../text/atoms.ts';
import { singular } from '../text/stem.ts';
import { topOf } from './top.ts';

const MOST_TOKENS = 60;
/** A token that more than this share of the posts holds says nothing of likeness. */
const COMMON_SHARE = 0.35;
const SUMMARY_READ = 400;
const SAME_CATEGORY = 1.25;
const FIELD_WEIGHT: readonly number[] = [3, 1, 0.5, 1];

/** Documents like this one, best first, with their likeness: rare words shared, in the title above the summary. */
export function relatedTo(
  document: number,
  limit: number,
  view: View,
  lexicon: Lexicon,
): { document: number; score: number }[] {
  const own = view.document(document);
  const likeness = new Map<number, number>();
  for (const { token, weight } of telling(own, view, lexicon)) {
    let last = -1;
    for (const entry of view.find(token)) {
      const other = documentOf(entry);
      if (other === document || other === last) continue;
      last = other;
      likeness.set(other, (likeness.get(other) ?? 0) + weight);
    }
  }
  const category = view.post(document).category.join('\n');
  const scoreOf = (other: number) => {
    const same = view.post(other).category.join('\n') === category;
    return (likeness.get(other) ?? 0) * (same ? SAME_CATEGORY : 1);
  };
  return topOf(
    [...likeness.keys()].sort((a, b) => view.place(a) - view.place(b)),
    limit,
    scoreOf,
  ).map((other) => ({
    document: other,
    score: scoreOf(other),
  }));
}

/** The tokens that tell a document from others, the most telling first. */
function telling(document: Document, view: View, lexicon: Lexicon): { token: string; weight: number }[] {
  const weights = new Map<string, number>();
  for (let field = 0; field < FIELDS; field++) {
    if (field === SLUG) continue;
    const text = (document.texts[field] ?? '').slice(0, field === SUMMARY ? SUMMARY_READ : undefined);
    const factor = (FIELD_WEIGHT[field] ?? 1) * (field === TITLE ? 1 : 0.6);
    for (const atom of readAtoms(text, text)) {
      const words = atom.cjk ? lexicon.segment(atom.text) : [singular(atom.text)];
      for (const word of words) {
        if (word.length < 2 || fillers.isChinese(word) || fillers.isEnglish(word, false)) continue;
        for (const token of atom.cjk ? pairs(word) : [word])
          weights.set(token, Math.max(weights.get(token) ?? 0, factor));
      }
    }
  }
  const common = Math.max(2, view.posts.length * COMMON_SHARE);
  return [...weights]
    .map(([token, factor]) => {
      const posts = view.find(token).length;
      return { token, weight: posts > 1 && posts <= common ? factor * view.idf(posts) : 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.token < b.token ? -1 : 1))
    .slice(0, MOST_TOKENS);
}

function pairs(word: string): string[] {
  const found: string[] = [];
  for (let at = 0; at + 1 < word.length; at++) found.push(word.slice(at, at + 2));
  return found;
}
