import type { View } from './corpus/view.ts';
import { explanationOf } from './explain.ts';
import { termsToShow } from './present/highlight.ts';
import { createHit } from './present/hit.ts';
import { suggestionsFor } from './present/suggest.ts';
import type { Lexicon } from './query/lexicon.ts';
import { type ParsedQuery, parseQuery, withYears } from './query/parse-query.ts';
import { createPlanner, type Plan } from './query/plan.ts';
import { filterOf } from './rank/filters.ts';
import { type Ranking, rank } from './rank/rank.ts';
import { relatedTo } from './rank/related.ts';
import { type Scored, scoreDocuments } from './rank/score.ts';
import { createWorkspace, type Workspace } from './rank/workspace.ts';
import type { Hit, MatchingIndex, SearchPage, SearchQuery } from './search-index.ts';

/** So many posts are shown where none answers. */
const MOST_NEAR = 5;

/** The search over one snapshot. */
export function createSnapshotIndex(view: View, lexicon: Lexicon, revision: string): MatchingIndex {
  const planOf = createPlanner(view, lexicon);
  let room: Workspace | undefined;
  const workspace = (): Workspace => {
    room ??= createWorkspace(view.documents);
    return room;
  };

  let numbers: ReadonlyMap<string, number> | undefined;
  const numberOf = (id: string): number | undefined => {
    numbers ??= new Map(view.posts.map((post, place) => [post.id, view.numberOf(place)]));
    return numbers.get(id);
  };

  const find = (query: SearchQuery): { parsed: ParsedQuery; plan: Plan; ranking: Ranking } => {
    const parsed = withYears(parseQuery(query.text), view.years);
    const plan = planOf(parsed.text);
    const allows = filterOf(query, parsed, view, lexicon.fold);
    if (plan.units.length > 0) return { parsed, plan, ranking: rank(plan, view, workspace(), allows) };
    // Nothing but filters: all that they let pass, in the catalog's order.
    const all = isFiltered(query, parsed) ? view.posts.map((_, place) => view.numberOf(place)) : [];
    const filtered = allows ? all.filter(allows) : all;
    return {
      parsed,
      plan,
      ranking: { answers: [], near: [], more: filtered.length, rest: () => filtered, candidates: filtered.length },
    };
  };

  const hitOf = (scored: Scored, plan: Plan): Hit => {
    return createHit(view.post(scored.document), scored.score, termsToShow(plan, scored.matches), lexicon.fold);
  };

  const pageOf = (query: SearchQuery, { answers, more, rest }: Ranking, plan: Plan): Hit[] => {
    const { limit, offset } = query;
    const scored = answers.slice(offset, offset + limit);
    const from = Math.max(0, offset - answers.length);
    const further = more > 0 && scored.length < limit ? rest().slice(from, from + limit - scored.length) : [];
    return [...scored, ...scoreDocuments(plan, view, workspace(), further)].map((each) => hitOf(each, plan));
  };

  const search = (query: SearchQuery): SearchPage => {
    const { plan, ranking } = find(query);
    const total = ranking.answers.length + ranking.more;
    if (total > 0) return { total, hits: pageOf(query, ranking, plan), nearest: false, suggestions: [] };
    const answers = (text: string) => find({ ...query, text }).ranking.answers.length > 0;
    const near = ranking.near.slice(query.offset, query.offset + Math.min(query.limit, MOST_NEAR));
    return {
      total: 0,
      hits: near.map((scored) => hitOf(scored, plan)),
      nearest: near.length > 0,
      suggestions: suggestionsFor(plan, ranking, view, lexicon, answers),
    };
  };

  return {
    revision,
    search,
    matching: (text, postIds) => {
      const parsed = withYears(parseQuery(text), view.years);
      const plan = planOf(parsed.text);
      const query = { text, limit: 0, offset: 0 };
      const allows = filterOf(query, parsed, view, lexicon.fold);
      const all = [...postIds].flatMap((id) => numberOf(id) ?? []);
      const documents = allows ? all.filter(allows) : all;
      const idOf = (document: number) => view.post(document).id;
      if (plan.units.length === 0) return new Set(isFiltered(query, parsed) ? documents.map(idOf) : []);
      const found = scoreDocuments(plan, view, workspace(), documents).filter(({ answers }) => answers);
      return new Set(found.map(({ document }) => idOf(document)));
    },
    related: (postId, limit) => {
      const number = numberOf(postId);
      if (number === undefined) return [];
      return relatedTo(number, limit, view, lexicon).map(({ document, score }) => {
        return createHit(view.post(document), score, [], lexicon.fold);
      });
    },
    explain: (query) => {
      const { parsed, plan, ranking } = find(query);
      return explanationOf(query, parsed, plan, ranking, view);
    },
  };
}

function isFiltered(query: SearchQuery, parsed: ParsedQuery): boolean {
  return (
    query.category !== undefined ||
    query.year !== undefined ||
    parsed.categories.length > 0 ||
    parsed.year !== undefined ||
    parsed.yearInWords !== undefined
  );
}
