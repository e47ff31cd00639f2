import { createHash } from 'node:crypto';
import type { Catalog, Post } from './post.ts';
import { comparableTitle, keysOf, wordsOfTitle } from './post-id.ts';

/** What is remembered of a post that has been seen in a catalog. */
export interface KnownPost {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  /** Of its content when it was last seen: see `fingerprintOf`. */
  readonly fingerprint: string;
  /** Whether the last reading had it. */
  readonly present: boolean;
}

/** All posts that were ever seen. */
export interface KnownPosts {
  readonly posts: ReadonlyMap<string, KnownPost>;
  /** Further ids of known posts, and the id that each is known by. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The sources that have had their first reading. */
  readonly sources: ReadonlySet<string>;
}

/** A known post as the catalog shows it now; `id` is the known one, which after a move is not `post.id`. */
export interface SeenAgain {
  readonly id: string;
  readonly post: Post;
}

/** What a catalog has that was not known; every list in the catalog's order. */
export interface CatalogDiff {
  /** Posts nobody has heard of yet. */
  readonly news: readonly Post[];
  /** Posts of sources that are read for the first time: known from now on, told to nobody. */
  readonly baseline: readonly Post[];
  /** Known posts at a new url, or with a new title where titles tell the posts of one url apart. */
  readonly moves: readonly SeenAgain[];
  /** Ids that name a known post or one of `news` and `baseline` from now on. */
  readonly aliases: readonly { readonly alias: string; readonly id: string }[];
  /** Known posts, moved ones among them, whose content changed or that are back. */
  readonly updates: readonly (SeenAgain & { /** Whether title, url or summary did. */ readonly reworded: boolean })[];
  /** Known posts that were there and are not any more. */
  readonly gone: readonly KnownPost[];
  /** Sources that have had their first reading now. */
  readonly sources: readonly string[];
}

/** A source that lost so many posts that its reading is not believed. */
export interface ShrunkenSource {
  readonly source: string;
  readonly lost: number;
  readonly before: number;
}

/** How much of a source may vanish in one reading before it is taken for a fault. */
export interface ShrinkLimits {
  /** A share from 0 to 1. */
  readonly share: number;
  /** So many may always vanish. */
  readonly posts: number;
}

/**
 * Compares a catalog with what is known. Pure, and so settled that applying the result and comparing again
 * finds nothing.
 *
 * A post is known by any of its ids, whatever source it stands in. One gone and one come with the same title in
 * the same source, each the only one of that title, are one post that moved. So are one gone and one come at the
 * same url, where several posts share it and only their titles name them: its title was edited.
 */
export function diffCatalog(known: KnownPosts, catalog: Catalog): CatalogDiff {
  const { seen, strangers } = recognise(known, catalog.posts);
  const windows = new Set(catalog.windows);
  const missing = [...known.posts.values()].filter((post) => post.present && !seen.has(post.id));
  const moves = findMoves(known, missing, strangers);
  for (const { id, post } of moves) seen.set(id, post);

  const movedHere = new Set(moves.map(({ post }) => post.id));
  const movedAway = new Set(moves.map(({ id }) => id));
  const fresh = strangers.filter((post) => !movedHere.has(post.id));
  const sources = new Set([...(catalog.sources ?? []), ...catalog.posts.map((post) => post.source)]);
  return {
    news: fresh.filter((post) => known.sources.has(post.source)),
    baseline: fresh.filter((post) => !known.sources.has(post.source)),
    moves,
    aliases: findAliases(known, [...seen, ...fresh.map((post) => [post.id, post] as const)]),
    updates: [...seen].flatMap(([id, post]) => updateOf(known.posts.get(id), post)),
    // A feed shows a window: what it no longer shows may have moved, but is not gone.
    gone: missing.filter((post) => !movedAway.has(post.id) && !windows.has(post.source)),
    sources: [...sources].filter((source) => !known.sources.has(source)),
  };
}

/** Whether applying the diff would change anything. */
export function isEmptyDiff(diff: CatalogDiff): boolean {
  return Object.values(diff).every((list: readonly unknown[]) => list.length === 0);
}

/**
 * Takes from a diff all that concerns sources which lost an implausible share of their posts: more than
 * `limits.share` of them, and more than `limits.posts`. A file cut short by a crash or an error page read as a
 * list then changes nothing.
 */
export function withholdShrunken(
  diff: CatalogDiff,
  known: KnownPosts,
  limits: ShrinkLimits,
): { readonly diff: CatalogDiff; readonly shrunken: readonly ShrunkenSource[] } {
  const before = countBySource([...known.posts.values()].filter((post) => post.present));
  const lost = countBySource(diff.gone);
  const shrunken = [...lost].flatMap(([source, count]) => {
    const had = before.get(source) ?? 0;
    return count > limits.posts && count > had * limits.share ? [{ source, lost: count, before: had }] : [];
  });
  if (shrunken.length === 0) return { diff, shrunken };
  const withheld = new Set(shrunken.map(({ source }) => source));
  const newcomers = new Map([...diff.news, ...diff.baseline].map((post) => [post.id, post.source]));
  const sourceOf = (id: string) => known.posts.get(id)?.source ?? newcomers.get(id) ?? '';
  const kept = ({ id, post }: SeenAgain) => !withheld.has(sourceOf(id)) && !withheld.has(post.source);
  return {
    shrunken,
    diff: {
      news: diff.news.filter((post) => !withheld.has(post.source)),
      baseline: diff.baseline,
      moves: diff.moves.filter(kept),
      aliases: diff.aliases.filter(({ id }) => !withheld.has(sourceOf(id))),
      updates: diff.updates.filter(kept),
      gone: diff.gone.filter((post) => !withheld.has(post.source)),
      sources: diff.sources,
    },
  };
}

/**
 * Changes exactly when the content of a post does; where in the file it stands is no content. Two hashes: of
 * title, url and summary, and of the rest.
 */
export function fingerprintOf(post: Post): string {
  const { title, url, summary, category, alsoIn, links, date, tags, image, series, source } = post;
  return `${hash([title, url, summary])}.${hash([category, alsoIn, links, date, tags, image, series, source])}`;
}

function updateOf(known: KnownPost | undefined, post: Post): CatalogDiff['updates'] {
  if (!known) return [];
  const fingerprint = fingerprintOf(post);
  if (known.present && known.fingerprint === fingerprint) return [];
  return [{ id: known.id, post, reworded: wordingOf(known.fingerprint) !== wordingOf(fingerprint) }];
}

function wordingOf(fingerprint: string): string {
  return fingerprint.split('.', 1)[0] ?? '';
}

/** Tells known posts, by the ids they are known by, from posts never seen. */
function recognise(
  known: KnownPosts,
  posts: readonly Post[],
): { readonly seen: Map<string, Post>; readonly strangers: readonly Post[] } {
  const seen = new Map<string, Post>();
  const unclear: Post[] = [];
  const idOf = (id: string) => (known.posts.has(id) ? id : known.aliases.get(id));
  for (const post of new Map(posts.map((one) => [one.id, one])).values()) {
    const id = idOf(post.id);
    if (id === undefined) unclear.push(post);
    else if (!seen.has(id)) seen.set(id, post);
  }
  // Only then by further ids: of two posts that share one, the post whose own id it is comes first.
  const strangers = unclear.filter((post) => {
    const id = post.aliases?.map(idOf).find((one) => one !== undefined && !seen.has(one));
    if (id !== undefined) seen.set(id, post);
    return id === undefined;
  });
  return { seen, strangers };
}

function findAliases(known: KnownPosts, posts: readonly (readonly [string, Post])[]): CatalogDiff['aliases'] {
  const own = new Set(posts.map(([, post]) => post.id));
  const found = new Map<string, string>();
  for (const [id, post] of posts) {
    for (const alias of [post.id, ...(post.aliases ?? [])]) {
      const taken = alias === id || known.posts.has(alias) || known.aliases.has(alias) || found.has(alias);
      const anothers = alias !== post.id && own.has(alias);
      if (!taken && !anothers) found.set(alias, id);
    }
  }
  return [...found].map(([alias, id]) => ({ alias, id }));
}

function findMoves(known: KnownPosts, missing: readonly KnownPost[], strangers: readonly Post[]): readonly SeenAgain[] {
  const moves: SeenAgain[] = [];
  const moved = new Set<string>();
  const without = <T extends { readonly id: string }>(posts: readonly T[]) => posts.filter(({ id }) => !moved.has(id));
  // The very title comes first: only what is left is looked for by its words.
  for (const titleOf of [comparableTitle, wordsOfTitle]) {
    for (const pair of pairsByTitle(without(missing), without(strangers), titleOf)) {
      moves.push(pair);
      moved.add(pair.id).add(pair.post.id);
    }
  }
  return [...moves, ...findRetitled(known, without(missing), without(strangers))];
}

function pairsByTitle(
  missing: readonly KnownPost[],
  strangers: readonly Post[],
  titleOf: (title: string) => string,
): readonly SeenAgain[] {
  const left = onlyOnesByTitle(missing, titleOf);
  return [...onlyOnesByTitle(strangers, titleOf)].flatMap(([key, post]) => {
    const gone = post && left.get(key);
    return gone ? [{ id: gone.id, post }] : [];
  });
}

/** Nobody edits more titles than this between two readings, and each pair costs a hash. */
const MOST_RETITLED_PAIRS = 10_000;

/**
 * Where posts share a url their ids are made of their titles as well, so that one is looked for by what its id would be
 * with the title of a known one.
 */
function findRetitled(
  known: KnownPosts,
  missing: readonly KnownPost[],
  strangers: readonly Post[],
): readonly SeenAgain[] {
  const titled = strangers.filter((post) => keysOf(post).whole === post.id);
  if (missing.length * titled.length > MOST_RETITLED_PAIRS) return [];
  const isWas = (post: Post, { id, source, title }: KnownPost) => {
    const { whole } = keysOf({ title, url: post.url });
    return post.source === source && (whole === id || known.aliases.get(whole) === id);
  };
  const pairs = titled.flatMap((post) => missing.filter((gone) => isWas(post, gone)).map(({ id }) => ({ id, post })));
  const times = new Map<string | Post, number>();
  for (const one of pairs.flatMap(({ id, post }) => [id, post])) times.set(one, (times.get(one) ?? 0) + 1);
  return pairs.filter(({ id, post }) => times.get(id) === 1 && times.get(post) === 1);
}

/** The posts that are alone in having their title in their source; undefined stands for several. */
function onlyOnesByTitle<T extends { readonly source: string; readonly title: string }>(
  posts: readonly T[],
  titleOf: (title: string) => string,
): ReadonlyMap<string, T | undefined> {
  const byTitle = new Map<string, T | undefined>();
  for (const post of posts) {
    const key = JSON.stringify([post.source, titleOf(post.title)]);
    byTitle.set(key, byTitle.has(key) ? undefined : post);
  }
  return byTitle;
}

function countBySource(posts: readonly { readonly source: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { source } of posts) counts.set(source, (counts.get(source) ?? 0) + 1);
  return counts;
}

function hash(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
