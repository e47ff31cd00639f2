import type { View } from '../corpus/view.ts';
import type { Lexicon } from '../query/lexicon.ts';
import type { Plan } from '../query/plan.ts';
import { nearWords, vocabularyOf } from '../query/typos.ts';
import type { Ranking } from '../rank/rank.ts';
import type { Suggestion } from '../search-index.ts';
import { hasCjk } from '../text/char-class.ts';

const MOST_QUERIES = 3;
const MOST_CATEGORIES = 3;

/**
 * What to offer where nothing answers: the query with a word mended or left out, if that finds something, and the
 * categories of what is near, or else the largest.
 */
export function suggestionsFor(
  plan: Plan,
  ranking: Ranking,
  view: View,
  lexicon: Lexicon,
  answers: (text: string) => boolean,
): Suggestion[] {
  const queries: string[] = [];
  for (const text of otherQueries(plan, view, lexicon)) {
    if (queries.length === MOST_QUERIES) break;
    if (!queries.includes(text) && answers(text)) queries.push(text);
  }
  return [
    ...queries.map((query) => ({ kind: 'query' as const, query })),
    ...categoriesNear(ranking, view).map((category) => ({ kind: 'category' as const, category })),
  ];
}

function otherQueries(plan: Plan, view: View, lexicon: Lexicon): string[] {
  const asked = plan.units.filter(({ role }) => role === 'asked');
  const missing = asked.filter(({ terms }) => terms.length === 0);
  const found: string[] = [];
  for (const unit of missing.slice(0, 4)) {
    if (!/^[a-z]{4,}$/.test(unit.text)) continue;
    // One more error than the search itself forgives.
    const near = nearWords(unit.text.padEnd(8, ' ').trim(), vocabularyOf(view.vocabulary));
    const near2 = near.length > 0 ? near : nearWords(unit.text, lexicon.glossaryWords);
    for (const { word } of near2.slice(0, 2))
      found.push(sentenceOf(plan.units.map((each) => (each === unit ? word : each.text))));
  }
  const known = asked.filter(({ terms }) => terms.length > 0);
  if (known.length > 0 && known.length < asked.length) found.push(known.map(({ text }) => text).join(' '));
  const strongest = [...known].sort((a, b) => b.weight - a.weight).slice(0, 2);
  if (asked.length > 1) found.push(...strongest.map(({ text }) => text));
  return found.filter((text) => text !== plan.text);
}

/** Words as they would be typed: without the signs that stood about them, and no spaces within Chinese. */
function sentenceOf(words: readonly string[]): string {
  return words.reduce((text, word) => {
    const apart = text !== '' && !(hasCjk(text.slice(-1)) && hasCjk(word.slice(0, 1)));
    return text + (apart ? ' ' : '') + word;
  }, '');
}

function categoriesNear(ranking: Ranking, view: View): string[] {
  const tally = new Map<string, number>();
  for (const { document, coverage } of ranking.near.slice(0, 20)) {
    for (const element of view.post(document).category.slice(0, 1)) {
      tally.set(element, (tally.get(element) ?? 0) + coverage);
    }
  }
  const counted = tally.size > 0 ? tally : view.categories.counts;
  return [...counted]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_CATEGORIES)
    .map(([name]) => name);
}
