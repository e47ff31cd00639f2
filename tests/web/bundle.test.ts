import { get } from 'node:http';
import { brotliCompressSync } from 'node:zlib';
import { startWebApp, type WebApp } from '../support/web-app.ts';

/** By plain HTTP: `fetch` forbids every cache as soon as it is given a condition. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => resolve(response.resume().statusCode)).on('error', reject);
  });
}

describe('the first load of the chat', () => {
  let app: WebApp;
  let html: string;
  beforeAll(async () => {
    app = await startWebApp();
    html = await (await app.get('/')).text();
  });
  afterAll(() => app.stop());

  const assets = () => [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
  const load = (path: string, encoding: string) => app.get(path, { 'accept-encoding': encoding });

  it('brings less than 20 kB of script, brotli', async () => {
    const scripts = assets().filter((path) => path.endsWith('.js'));
    const contents = await Promise.all(scripts.map(async (path) => (await load(path, 'identity')).arrayBuffer()));
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
