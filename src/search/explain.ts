import type { View } from './corpus/view.ts';
import type { ParsedQuery } from './query/parse-query.ts';
import type { Plan } from './query/plan.ts';
import type { Ranking } from './rank/rank.ts';
import type { SearchExplanation, SearchQuery } from './search-index.ts';

const MOST_TERMS = 20;

/** How a query came to its ranking, in plain values. */
export function explanationOf(
  query: SearchQuery,
  parsed: ParsedQuery,
  plan: Plan,
  ranking: Ranking,
  view: View,
): SearchExplanation {
  const year = query.year ?? parsed.year ?? parsed.yearInWords?.year;
  const scored = [...ranking.answers, ...ranking.near];
  return {
    query: query.text,
    filters: {
      phrases: parsed.phrases,
      without: parsed.without,
      categories: [...(query.category === undefined ? [] : [query.category]), ...parsed.categories],
      ...(year === undefined ? {} : { year }),
    },
    units: plan.units.map((unit) => ({
      text: unit.text,
      role: unit.role,
      weight: rounded(unit.weight),
      terms: [...unit.terms, ...unit.parts.map(({ term }) => term)]
        .slice(0, MOST_TERMS)
        .map(({ text, origin, weight, posts, idf }) => ({
          text,
          origin,
          weight: rounded(weight),
          posts,
          idf: rounded(idf),
        })),
    })),
    candidates: ranking.candidates,
    total: ranking.answers.length + ranking.more,
    nearest: ranking.answers.length === 0 && ranking.near.length > 0,
    scores: scored
      .slice(query.offset, query.offset + query.limit)
      .map(({ document, score, coverage, answers, parts, matches }) => {
        const post = view.post(document);
        const units = plan.units.flatMap((unit, at) => {
          const match = matches[at];
          return match ? [[`unit ${unit.text} by ${match.term?.text ?? 'parts'}`, rounded(match.value)] as const] : [];
        });
        const factors = Object.entries(parts).map(([name, value]) => [name, rounded(value)] as const);
        return {
          id: post.id,
          title: post.title,
          score: rounded(score),
          coverage: rounded(coverage),
          answers,
          parts: Object.fromEntries([...units, ...factors]),
        };
      }),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
