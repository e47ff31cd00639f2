import { readdirSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { startWebApp, type WebApp } from '../support/web-app.ts';

/** By plain HTTP: `fetch` forbids every cache as soon as it is given a condition. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => resolve(response.resume().statusCode)).on('error', reject);
  });
}

const built = fileURLToPath(new URL('../../dist/web/', import.meta.url));

/** Browsers of the end of 2020, which the build is for: one word that they do not know leaves the page blank. */
describe('what is built', () => {
  const contentOf = (suffix: string) =>
    readdirSync(built, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(suffix))
      .map((name) => readFileSync(join(built, name), 'utf8'));

  it.each([
    ['a pattern that looks back (Safari 16.4)', /\(\?<[!=]/],
    ['a block that runs as the class is made (Safari 16.4)', /static\s*\{/],
    ['at (Chrome 92, Safari 15.4)', /\.at\(/],
    [
      'findLast, toSorted, toReversed, with (Safari 15.4 and later)',
      /\.(?:findLast|findLastIndex|toSorted|toReversed)\(/,
    ],
    ['hasOwn (Chrome 93, Safari 15.4)', /Object\.hasOwn\(/],
    ['structuredClone (Chrome 98)', /structuredClone\(/],
    ['a signal with a time of its own (Chrome 103)', /AbortSignal\.(?:timeout|any)/],
    ['randomUUID, which plain http has nowhere (Chrome 92)', /randomUUID/],
  ])('has no script with %s', (_what, word) => {
    const scripts = contentOf('.js');
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((script) => word.test(script)).map((script) => word.exec(script)?.[0])).toEqual([]);
  });

  it('asks for the width of the window in the old way (before Safari 16.4)', () => {
    const queries = contentOf('.css').flatMap((style) => style.match(/@media[^{]*/g) ?? []);
    expect(queries.filter((query) => query.includes('width')).length).toBeGreaterThan(0);
    expect(queries.filter((query) => /[<>]|not ?\(/.test(query))).toEqual([]);
  });
});

describe('the first load of the chat', () => {
  let app: WebApp;
  let html: string;
  beforeAll(async () => {
    app = await startWebApp();
    html = await (await app.get('/')).text();
  });
  afterAll(() => app.stop());

  const assets = (page = html) => [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
  const load = (path: string, encoding: string) => app.get(path, { 'accept-encoding': encoding });

  it.each(['/', '/widget', '/app'])('brings less than 20 kB of script, brotli: %s', async (path) => {
    const page = await (await app.get(path)).text();
    const scripts = assets(page).filter((asset) => asset.endsWith('.js'));
    const contents = await Promise.all(scripts.map(async (script) => (await load(script, 'identity')).arrayBuffer()));
    const size = contents.reduce((sum, content) => sum + brotliCompressSync(Buffer.from(content)).length, 0);
    expect(scripts.length).toBeGreaterThan(0);
    expect(size).toBeLessThan(20_000);
  });

  it.each(['br', 'gzip'])('comes compressed with %s', async (encoding) => {
    for (const path of assets()) expect((await load(path, encoding)).headers.get('content-encoding')).toBe(encoding);
  });

  it('names its files by their content, and lets browsers keep them for a year', async () => {
    for (const path of assets()) {
      expect(path).toMatch(/-[\w-]{8}\.(js|css)$/);
      expect((await load(path, 'br')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
  });

  it('has the page itself asked for each time, so that an update is seen', async () => {
    const page = await app.get('/');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(await statusOf(app.url, { 'if-none-match': page.headers.get('etag') ?? '' })).toBe(304);
  });

  it('runs under a policy that allows its own scripts and styles only, and holds none inline', async () => {
    const policy = (await app.get('/')).headers.get('content-security-policy') ?? '';
    const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]));
    expect(Object.fromEntries(rules)).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  });

  it('gives out nothing but built files', async () => {
    for (const path of [
      '/assets/../index.html',
      '/assets/..%2f.vite%2fmanifest.json',
      '/.vite/manifest.json',
      '/assets/',
    ]) {
      expect((await fetch(new URL(path, app.url))).status).not.toBe(200);
    }
  });
});
