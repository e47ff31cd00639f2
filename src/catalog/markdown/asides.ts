import type { BlockEntry } from './list-entries.ts';

/** A post with the headings it stands under. */
export interface SectionEntry {
  readonly entry: BlockEntry;
  /** Of the headings and of the levels that its block adds. */
  readonly path: readonly string[];
  /** Of the headings alone. */
  readonly section: string;
}

/** A catalog shows a habit only from this many posts on. */
const fewest = 100;

/** Where all else keeps one habit, links in front of the first heading need fewer posts to be known for an aside. */
const fewestBehindIntro = 20;

/**
 * Leaves out the sections that break the clear habit of a large catalog: the few lists of tools beside a table of a
 * thousand rows, or of strangers' pages where all posts are the author's own; and the profiles and guides that are
 * listed before the first category.
 */
export function dropAsides(entries: readonly SectionEntry[]): readonly SectionEntry[] {
  const byForm = dropMinor(dropIntro(entries), ({ entry }) => entry.form, 0.98);
  return dropMinor(byForm, ({ entry }) => homeOf(entry.href), 0.99);
}

/** Links before the first category that share neither form nor home with the posts in categories. */
function dropIntro(entries: readonly SectionEntry[]): readonly SectionEntry[] {
  const first = entries[0];
  if (first?.path.length !== 0 || entries.length < fewestBehindIntro) return entries;
  const rest = entries.filter(({ path }) => path.length > 0);
  if (rest.length < fewestBehindIntro || rest.length < (entries.length - rest.length) * 10) return entries;
  const forms = new Set(rest.map(({ entry }) => entry.form));
  const homes = new Set(rest.map(({ entry }) => homeOf(entry.href)));
  if (forms.size > 1 || homes.size > 1) return entries;
  return entries.filter(({ path, entry }) => path.length > 0 || forms.has(entry.form) || homes.has(homeOf(entry.href)));
}

/** Leaves out sections without any entry of the habit that at least `share` of all entries keep. */
function dropMinor(
  entries: readonly SectionEntry[],
  habitOf: (entry: SectionEntry) => string,
  share: number,
): readonly SectionEntry[] {
  if (entries.length < fewest) return entries;
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const one = habitOf(entry);
    counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const [habit, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0]);
  if (count === entries.length || count < entries.length * share) return entries;
  const kept = new Set(entries.filter((entry) => habitOf(entry) === habit).map(({ section }) => section));
  return entries.filter(({ section }) => kept.has(section));
}

/** Whose page it is: the host, on hosts of many with the name that follows. */
function homeOf(href: string): string {
  const [, host, name] = /^(?:https?:)?\/\/(?:www\.)?([^/?#]+)\/?([^/?#]*)/i.exec(href) ?? [];
  if (host === undefined) return 'relative';
  return /^(?:github|gitee|gitlab|medium|zhihu)\.com$/i.test(host) ? `${host}/${name}` : host;
}
