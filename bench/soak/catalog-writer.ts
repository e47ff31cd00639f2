import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foundingCatalog } from '../../tests/support/process.ts';

/** An author who never rests: edits a catalog in a folder, whose size stays as it is. */
export interface CatalogWriter {
  /** The numbers of the posts that have come since the start; each stands in the title of its post. */
  readonly announced: ReadonlySet<number>;
  /** Adds a post; now and then renames one, turns the order round, or replaces the file as editors do. */
  edit(): void;
}

/**
 * Every so many edits all that is no news is rewritten. The search index drops what it held of former versions once
 * that is half of it: so it does in nearly each cycle, and what is between is not taken for a leak.
 */
const REWRITTEN_EVERY = 3;

/** So many posts of the writer stay; then the oldest makes room. */
const KEPT = 40;

export function createCatalogWriter(folder: string): CatalogWriter {
  const file = join(folder, 'catalog.md');
  const founding = readFileSync(foundingCatalog, 'utf8');
  const announced = new Set<number>();
  let posts = Array.from({ length: KEPT }, (_, at) => ({ number: -at, title: `Old post ${at}` }));
  let edits = 0;

  const write = (path: string) => {
    const entries = posts.map(
      ({ number, title }) =>
        `### [${title}](https://blog.example/soak/${number})\nLoRA, 微调 and what else was tried.\n`,
    );
    const edition = Math.floor(edits / REWRITTEN_EVERY);
    const rewritten = founding.replace(/^(### \[?)/gm, `$1${edition} `);
    writeFileSync(path, `${rewritten}\n\n## Soak\n${entries.join('\n')}`);
  };
  write(file);

  return {
    announced,
    edit() {
      edits += 1;
      announced.add(edits);
      // Wherever the oldest stands by now: what has just come must stay long enough to be told of.
      const oldest = Math.min(...posts.map(({ number }) => number));
      posts = [{ number: edits, title: `Soak post ${edits}` }, ...posts.filter(({ number }) => number !== oldest)];
      const renamed = posts[edits % KEPT];
      if (edits % 3 === 0 && renamed) renamed.title = `${renamed.title.replace(/ \(.*/, '')} (edition ${edits})`;
      if (edits % 4 === 0) posts.reverse();
      if (edits % 2 === 0) return write(file);
      const draft = join(folder, '.catalog.md.draft');
      write(draft);
      renameSync(draft, file);
    },
  };
}

/** The numbers of the writer's posts that a message tells of. */
export function postsIn(text: string): readonly number[] {
  return [...text.matchAll(/Soak post (\d+)/g)].map(([, number]) => Number(number));
}
