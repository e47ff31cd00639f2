import { hash } from 'node:crypto';
import { canonicalParts, canonicalUrl } from './canonical-url.ts';

/** What identity is made of; see `identify`. */
export interface Identifiable {
  readonly title: string;
  readonly url: string;
  /** A feed's own id of the item. */
  readonly guid?: string;
}

/** Names a post: the id, and further ids under which it may have been known or may become known. */
export interface Identity {
  readonly id: string;
  readonly aliases: readonly string[];
}

/**
 * The id of the post at this url, as long as no other post of its source shares the url.
 *
 * @returns 16 characters of `[A-Za-z0-9_-]`.
 */
export function postId(url: string): string {
  return hashOf(canonicalUrl(url));
}

/**
 * Gives each entry of one reading its identity. The canonical url names a post. Where several titles share it,
 * their fragments tell them apart, and where even those agree, the titles do; entries of one title are one post
 * and get the same identity.
 *
 * A post keeps the ids that it would have beside others as aliases. So nothing becomes new when a second post
 * begins or ceases to share its url, in whatever order they stand.
 *
 * @param source scopes guids that are no urls, so that two feeds may both count `1, 2, 3 …`
 */
export function identify(
  entries: readonly (Identifiable & { readonly keys?: EntryKeys })[],
  source: string,
): Identity[] {
  const keys = entries.map((entry) => entry.keys ?? keysOf(entry));
  const perPage = countDistinct(keys.map(({ page, title }) => [page, title]));
  const perPart = countDistinct(keys.map(({ part, title }) => [part, title]));
  const perGuid = countDistinct(entries.map(({ guid = '' }, at) => [guid, keys[at]?.whole ?? '']));
  return keys.map(({ page, part, whole }, at) => {
    const chain = [page, part, whole];
    const from = perPage.get(page) === 1 ? 0 : perPart.get(part) === 1 ? 1 : 2;
    const guid = entries[at]?.guid;
    if (guid && perGuid.get(guid) === 1) chain.push(hashOf(guidKey(guid, source)));
    const [id = '', ...aliases] = new Set(chain.slice(from));
    return { id, aliases };
  });
}

/** The ids that an entry may go by, from its page alone to page, fragment and title together. */
export interface EntryKeys {
  readonly page: string;
  readonly part: string;
  readonly whole: string;
  /** For comparison. */
  readonly title: string;
}

/** What `identify` compares of an entry: the costly part of it, which a thread that read the entry can do as well. */
export function keysOf({ title, url }: Identifiable): EntryKeys {
  const { page, fragment } = canonicalParts(url);
  const part = fragment === '' ? page : `${page}#${fragment}`;
  const plain = comparableTitle(title);
  const pageKey = hashOf(page);
  return {
    page: pageKey,
    part: part === page ? pageKey : hashOf(part),
    whole: hashOf(`${part}\n${plain}`),
    title: plain,
  };
}

/** A guid that is a url is the url's own id; others need their source, unless they are unique by design. */
function guidKey(guid: string, source: string): string {
  if (/^https?:\/\//i.test(guid)) return canonicalUrl(guid);
  return /^(?:urn|tag):/i.test(guid) ? guid : `${source}\n${guid}`;
}

/** Titles that differ in case, width or white space only are one title. */
export function comparableTitle(title: string): string {
  return title.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/**
 * Titles that say the same words are one title to who looks for a post that moved: punctuation, spaces between
 * scripts and emoji are what an author tidies up along with a link. `C`, `C++` and `C#`, `1.2` and `12` stay apart.
 * No id is made of it.
 */
export function wordsOfTitle(title: string): string {
  const plain = comparableTitle(title);
  const words = plain.replace(/(?<=\d)\.(?=\d)|([^\p{L}\p{N}\p{M}+#])/gu, (sign, other) =>
    other === undefined ? sign : '',
  );
  return words === '' ? plain : words;
}

function countDistinct(pairs: readonly (readonly [string, string])[]): Map<string, number> {
  const seen = new Map<string, Set<string>>();
  for (const [key, value] of pairs) {
    const values = seen.get(key);
    if (values) values.add(value);
    else seen.set(key, new Set([value]));
  }
  return new Map([...seen].map(([key, values]) => [key, values.size]));
}

function hashOf(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 16);
}
