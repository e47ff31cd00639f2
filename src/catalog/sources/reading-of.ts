import type { CatalogProblem, Post, Reading } from '../../posts/post.ts';
import { identify } from '../../posts/post-id.ts';
import type { Entry, Finding } from '../entry.ts';

/** Entries that one file or address brought. */
export interface Part {
  /** The file within a folder; absent where the source is one document. */
  readonly file?: string;
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
}

/** Makes the reading of a source: gives each entry its identity, and each finding its place. */
export function readingOf(source: string, parts: readonly Part[], window: boolean): Reading {
  const placed = parts.flatMap(({ file, entries }) => entries.map((entry) => ({ entry, file })));
  const identities = identify(
    placed.map(({ entry }) => entry),
    source,
  );
  const posts = placed.map(({ entry, file }, at) =>
    postOf(entry, identities[at] ?? { id: '', aliases: [] }, source, file),
  );
  return {
    source,
    posts,
    problems: parts.flatMap(({ file, findings }) =>
      findings.map((finding): CatalogProblem => ({ source: file ?? source, ...finding })),
    ),
    ...(window ? { window } : {}),
  };
}

function postOf(
  { guid: _, keys: __, ...entry }: Entry,
  { id, aliases }: ReturnType<typeof identify>[number],
  source: string,
  file: string | undefined,
): Post {
  return { id, ...(aliases.length > 0 ? { aliases } : {}), ...entry, source, ...(file === undefined ? {} : { file }) };
}
