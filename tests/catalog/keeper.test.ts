import { renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CatalogKeeper, createCatalogKeeper } from '../../src/catalog/catalog-keeper.ts';
import { createSources } from '../../src/catalog/sources/create-sources.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Catalog } from '../../src/posts/post.ts';
import { type CatalogFolder, createCatalogFolder } from '../support/catalog-world.ts';

const list = (...names: string[]) => `## A\n${names.map((name) => `- [${name}](https://ex.org/${name})`).join('\n')}\n`;
const many = Array.from({ length: 10 }, (_, at) => `post${at}`);
const titles = ({ posts }: Catalog) => posts.map(({ title }) => title);

let folder: CatalogFolder;
let stop: AbortController;
beforeEach(() => {
  folder = createCatalogFolder();
  stop = new AbortController();
});
afterEach(() => {
  stop.abort();
  folder.remove();
});

const keeperOf = (spec: string): CatalogKeeper =>
  createCatalogKeeper({
    sources: createSources(spec, { folder: folder.path, clock: systemClock }),
    clock: systemClock,
    log: silentLog,
    quietMs: 40,
  });

/** The first catalog from now on that holds what is waited for. */
function seen(keeper: CatalogKeeper, test: (catalog: Catalog) => boolean): Promise<Catalog> {
  return new Promise((resolve) => {
    const end = keeper.onChange((catalog) => {
      if (!test(catalog)) return;
      end();
      resolve(catalog);
    });
  });
}

describe('the kept catalog', () => {
  test('is empty and in trouble at first if its source is missing, and whole once it is there', async () => {
    const keeper = keeperOf('list.md');
    await keeper.refresh(stop.signal);
    expect(titles(keeper.current())).toEqual([]);
    expect(keeper.trouble()).toMatch(/list\.md: it cannot be read/);
    folder.write('list.md', list('one'));
    await keeper.refresh(stop.signal);
    expect(titles(keeper.current())).toEqual(['one']);
    expect(keeper.trouble()).toBeUndefined();
  });

  test('stays the very same while nothing changes', async () => {
    folder.write('a.md', list('one'));
    const keeper = keeperOf('.');
    const first = await keeper.refresh(stop.signal);
    let changes = 0;
    keeper.onChange(() => {
      changes += 1;
    });
    expect(await keeper.refresh(stop.signal)).toBe(first);
    expect(changes).toBe(0);
  });

  test('keeps the last good reading when a file is cut, and says so', async () => {
    folder.write('list.md', list(...many));
    const keeper = keeperOf('list.md');
    await keeper.refresh(stop.signal);
    folder.write('list.md', list('post0'));
    await keeper.refresh(stop.signal);
    expect(titles(keeper.current())).toEqual(many);
    expect(keeper.trouble()).toMatch(/would lose 9 of 10 posts/);
    folder.write('list.md', list(...many, 'new'));
    await keeper.refresh(stop.signal);
    expect(titles(keeper.current())).toEqual([...many, 'new']);
    expect(keeper.trouble()).toBeUndefined();
  });

  test('tells of a trouble once, and takes the reading when it is told to believe it', async () => {
    folder.write('list.md', list(...many));
    const troubles: string[] = [];
    const keeper = createCatalogKeeper({
      sources: createSources('list.md', { folder: folder.path, clock: systemClock }),
      clock: systemClock,
      log: silentLog,
      troubled: (trouble) => troubles.push(trouble),
    });
    await keeper.refresh(stop.signal);
    folder.write('list.md', list('post0'));
    for (let reading = 0; reading < 3; reading++) await keeper.refresh(stop.signal);
    expect(troubles).toEqual([expect.stringContaining('would lose 9 of 10 posts')]);

    keeper.believe();
    await keeper.refresh(stop.signal);
    expect(titles(keeper.current())).toEqual(['post0']);
    expect(keeper.trouble()).toBeUndefined();
    folder.write('list.md', '');
    await keeper.refresh(stop.signal);
    expect(titles(keeper.current())).toEqual([]);
  });

  test('lets a few posts go, and many if they stand in another file now', async () => {
    folder.write('a.md', list(...many));
    const keeper = keeperOf('a.md\nb.md');
    folder.write('b.md', list('other'));
    await keeper.refresh(stop.signal);
    folder.write('a.md', list(...many.slice(0, 8)));
    await keeper.refresh(stop.signal);
    expect(titles(keeper.current())).toEqual([...many.slice(0, 8), 'other']);
    folder.write('b.md', list('other', ...many.slice(0, 7)));
    folder.write('a.md', list('post7'));
    await keeper.refresh(stop.signal);
    expect(titles(keeper.current())).toEqual(['post7', 'other', ...many.slice(0, 7)]);
  });

  test('keeps what a feed no longer shows, and survives a broken feed', async () => {
    const feed = (...names: string[]) =>
      `<rss version="2.0"><channel><title>S</title>${names.map((name) => `<item><title>${name}</title><link>https://ex.org/${name}</link></item>`).join('')}</channel></rss>`;
    folder.write('feed.xml', feed('one', 'two'));
    const keeper = keeperOf('feed.xml');
    await keeper.refresh(stop.signal);
    folder.write('feed.xml', feed('three'));
    await keeper.refresh(stop.signal);
    expect(titles(keeper.current())).toEqual(['three', 'one', 'two']);
    folder.write('feed.xml', feed('three', 'four').slice(0, 130));
    await keeper.refresh(stop.signal);
    expect(titles(keeper.current())).toEqual(['three', 'one', 'two']);
    expect(keeper.trouble()).toMatch(/feed\.xml/);
  });

  test('keeps what was last read of one unreadable file in a folder, while the others go on', async () => {
    folder.write('a.json', '[{"title":"A","url":"https://ex.org/a"}]');
    folder.write('b.md', list('one'));
    const keeper = keeperOf('.');
    await keeper.refresh(stop.signal);
    folder.write('a.json', '[{"title":"A",');
    folder.write('b.md', list('one', 'two'));
    await keeper.refresh(stop.signal);
    expect(titles(keeper.current())).toEqual(['A', 'one', 'two']);
    expect(keeper.trouble()).toMatch(/a\.json: it is not valid JSON/);
  });
});

describe('watching a real folder', () => {
  const start = async (spec: string) => {
    const keeper = keeperOf(spec);
    await keeper.refresh(stop.signal);
    void keeper.watch(stop.signal);
    // Here the watcher itself is meant, not the reading that it begins with.
    await systemClock.sleep(300);
    return keeper;
  };

  test('an added entry, an added file and a removed one are seen', async () => {
    folder.write('list.md', list('one'));
    const keeper = await start('.');
    let next = seen(keeper, (catalog) => titles(catalog).includes('two'));
    folder.write('list.md', list('one', 'two'));
    await next;
    next = seen(keeper, (catalog) => titles(catalog).includes('three'));
    folder.write('deep/more.md', list('three'));
    await next;
    next = seen(keeper, (catalog) => !titles(catalog).includes('three'));
    unlinkSync(join(folder.path, 'deep/more.md'));
    expect(titles(await next)).toEqual(['one', 'two']);
  });

  test('a file that is gone as soon as it was seen is gone', async () => {
    folder.write('list.md', list('one'));
    const keeper = await start('.');
    for (let round = 0; round < 5; round++) {
      let next = seen(keeper, (catalog) => titles(catalog).includes('brief'));
      folder.write(`new-${round}/more.md`, list('brief'));
      await next;
      next = seen(keeper, (catalog) => !titles(catalog).includes('brief'));
      unlinkSync(join(folder.path, `new-${round}/more.md`));
      expect(titles(await next)).toEqual(['one']);
    }
  });

  test('what is written before the watcher stands is seen all the same', async () => {
    folder.write('list.md', list('one'));
    const keeper = keeperOf('.');
    await keeper.refresh(stop.signal);
    const next = seen(keeper, (catalog) => titles(catalog).includes('two'));
    void keeper.watch(stop.signal);
    folder.write('list.md', list('one', 'two'));
    expect(titles(await next)).toEqual(['one', 'two']);
  });

  test('an editor that replaces the file, a half-written file and one gone for a moment lose nothing', async () => {
    folder.write('list.md', list(...many));
    const keeper = await start('list.md');
    const lengths: number[] = [];
    keeper.onChange(({ posts }) => lengths.push(posts.length));
    const path = join(folder.path, 'list.md');
    let next = seen(keeper, (catalog) => titles(catalog).includes('replaced'));
    writeFileSync(`${path}.tmp`, list(...many, 'replaced'));
    renameSync(`${path}.tmp`, path);
    await next;
    next = seen(keeper, (catalog) => titles(catalog).includes('written'));
    const whole = list(...many, 'replaced', 'written');
    writeFileSync(path, whole.slice(0, 40));
    writeFileSync(path, whole);
    await next;
    next = seen(keeper, (catalog) => titles(catalog).includes('back'));
    rmSync(path);
    writeFileSync(path, list(...many, 'replaced', 'written', 'back'));
    await next;
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(many.length);
  });
});
