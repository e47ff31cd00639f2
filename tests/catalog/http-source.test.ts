import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { createSources } from '../../src/catalog/sources/create-sources.ts';
import { createHttpClient } from '../../src/catalog/sources/http-client.ts';
import { isUnreachable } from '../../src/catalog/sources/source.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import { isPublicAddress } from '../../src/kernel/guarded-agent.ts';
import type { KeyValueStore } from '../../src/kernel/key-value-store.ts';
import { readOnce } from '../support/catalog-world.ts';
import { type PageServer, startPageServer } from '../support/page-server.ts';

let server: PageServer;
beforeEach(async () => {
  server = await startPageServer();
});
afterEach(() => server.close());

const signal = new AbortController().signal;
/** Waits cost no time here. */
const clock: Clock = { now: () => new Date('2026-01-02T03:04:05Z'), sleep: () => Promise.resolve() };
const options = { folder: process.cwd(), clock, allowPrivateNetwork: true };
const list = '## A\n- [One](one.md)\n';

function createMemoryStore(): KeyValueStore {
  const values = new Map<string, string>();
  return {
    get: async (key) => values.get(key),
    put: async (key, value) => void values.set(key, value),
    putIfAbsent: async (key, value) => (values.has(key) ? false : Boolean(values.set(key, value))),
    remove: async (key) => void values.delete(key),
  };
}

test('a list on the web is read, its relative links resolved against its own address after redirects', async () => {
  server.answer(({ url }, response) => {
    if (url === '/old.md') response.writeHead(301, { location: '/r/list.md' }).end();
    else response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(list);
  });
  const { posts } = await readOnce(`${server.url}/old.md`, options);
  expect(posts).toEqual([
    expect.objectContaining({ title: 'One', url: `${server.url}/r/one.md`, source: `${server.url}/old.md` }),
  ]);
});

test('a page that has not changed is asked for conditionally and brings the same reading', async () => {
  server.answer((request, response) => {
    if (request.headers['if-none-match'] === '"v1"' && request.headers['if-modified-since'])
      response.writeHead(304).end();
    else response.writeHead(200, { etag: '"v1"', 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' }).end(list);
  });
  const [source] = createSources(`${server.url}/list.md`, options);
  const first = await source?.read(signal);
  const second = await source?.read(signal);
  expect(second?.[0]).toBe(first?.[0]);
  expect(server.requests).toHaveLength(2);
});

test('compressed answers are unpacked, and their charset is believed where it is no UTF-8', async () => {
  const gbk = Buffer.from([
    0x2d, 0x20, 0x5b, 0xbc, 0xd7, 0x5d, 0x28, 0x68, 0x74, 0x74, 0x70, 0x73, 0x3a, 0x2f, 0x2f, 0x65, 0x78, 0x2e, 0x6f,
    0x72, 0x67, 0x2f, 0x31, 0x29,
  ]);
  server.answer((_, response) =>
    response
      .writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/markdown; charset=gb2312' })
      .end(gzipSync(gbk)),
  );
  const { posts } = await readOnce(`${server.url}/list`, options);
  expect(posts.map(({ title }) => title)).toEqual(['甲']);
});

test('a server fault is tried again; a refusal is not', async () => {
  let asked = 0;
  server.answer((_, response) => {
    asked += 1;
    if (asked < 3) response.writeHead(503).end();
    else response.writeHead(200).end(list);
  });
  expect((await readOnce(`${server.url}/list.md`, options)).posts).toHaveLength(1);
  server.answer((_, response) => response.writeHead(404).end());
  const { problems } = await readOnce(`${server.url}/gone.md`, options);
  expect(problems).toEqual([
    expect.objectContaining({ severity: 'error', code: 'unreachable', message: expect.stringContaining('404') }),
  ]);
  expect(server.requests.filter(({ url }) => url === '/gone.md')).toHaveLength(1);
});

test('after a restart without network the last good copy still serves', async () => {
  const cache = createMemoryStore();
  server.answer((_, response) => response.writeHead(200, { etag: '"v1"' }).end(list));
  await readOnce(`${server.url}/list.md`, { ...options, cache });
  server.answer((_, response) => response.writeHead(500).end());
  const { posts, problems } = await readOnce(`${server.url}/list.md`, { ...options, cache });
  expect(posts.map(({ title }) => title)).toEqual(['One']);
  expect(problems).toEqual([expect.objectContaining({ code: 'unreachable', severity: 'error' })]);
});

test('an error page instead of the list is no empty list: what was read before stays', async () => {
  server.answer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>504</h1><a href="/x">x</a>'),
  );
  const [source] = createSources(`${server.url}/list`, options);
  const [outcome] = (await source?.read(signal)) ?? [];
  expect(outcome && isUnreachable(outcome) && outcome.problem.code).toBe('web-page');
});

test('a web page with a feed names the feed', async () => {
  server.answer((_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><link rel="alternate" type="application/atom+xml" href="/atom.xml">'),
  );
  const { problems } = await readOnce(`${server.url}/blog`, options);
  expect(problems[0]?.message).toContain(`${server.url}/atom.xml`);
});

test('a list of feeds brings each feed as a source of its own', async () => {
  const feed = (name: string) =>
    `<rss version="2.0"><channel><title>${name}</title><item><title>${name} post</title><link>https://ex.org/${name}</link></item></channel></rss>`;
  server.answer(({ url }, response) => {
    if (url === '/feeds.opml')
      response.end(
        `<opml version="2.0"><body><outline text="Go"><outline text="a" xmlUrl="${server.url}/a.xml"/></outline><outline text="b" xmlUrl="${server.url}/b.xml"/></body></opml>`,
      );
    else response.end(feed(url?.slice(1, 2) ?? ''));
  });
  const { posts, sources } = await readOnce(`${server.url}/feeds.opml`, options);
  expect(posts.map(({ title, source }) => [title, source])).toEqual([
    ['a post', `${server.url}/a.xml`],
    ['b post', `${server.url}/b.xml`],
  ]);
  expect(sources).toEqual([`${server.url}/feeds.opml`, `${server.url}/a.xml`, `${server.url}/b.xml`]);
});

describe('limits of what is fetched', () => {
  const client = (more: object) => createHttpClient({ clock, allowPrivateNetwork: true, retryAfterMs: [], ...more });

  const bomb = Buffer.alloc(200_000);
  test.each([
    ['gzip', gzipSync(bomb)],
    ['deflate', deflateSync(bomb)],
    ['br', brotliCompressSync(bomb)],
    ['gzip, br', brotliCompressSync(gzipSync(bomb))],
  ])('an answer that unpacks to more than the limit is refused: %s', async (encoding, bytes) => {
    server.answer((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bytes));
    expect(bytes.byteLength).toBeLessThan(1_000);
    expect(await client({ largest: 100_000 }).get(server.url, {}, signal)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('larger than'),
    });
    expect(await client({ largest: 200_000 }).get(server.url, {}, signal)).toMatchObject({ kind: 'page', bytes: bomb });
  });

  test('an answer that does not come is given up', async () => {
    server.answer(() => {});
    expect(await client({ timeoutMs: 100 }).get(server.url, {}, signal)).toMatchObject({ kind: 'failed' });
  });

  test('redirects end: after a few, and where they leave the web', async () => {
    server.answer((_, response) => response.writeHead(302, { location: '/again' }).end());
    expect(await client({}).get(server.url, {}, signal)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('redirects'),
    });
    server.answer((_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end());
    expect(await client({}).get(server.url, {}, signal)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('file:///etc/passwd'),
    });
  });

  test('addresses of private networks are refused, by number, by name and behind a redirect', async () => {
    const guarded = client({ allowPrivateNetwork: false });
    for (const url of [
      server.url,
      server.url.replace('127.0.0.1', 'localhost'),
      server.url.replace('127.0.0.1', '2130706433'),
      server.url.replace('127.0.0.1', '[::ffff:127.0.0.1]'),
    ]) {
      expect(await guarded.get(url, {}, signal)).toMatchObject({
        kind: 'failed',
        message: expect.stringContaining('ALLOW_PRIVATE_NETWORK'),
      });
    }
    expect(server.requests).toHaveLength(0);
  });

  test('of ports only those of web pages are asked, unless the operator wrote the address', async () => {
    const options = { allowPrivateNetwork: false, timeoutMs: 500 };
    const strict = client(options);
    for (const url of ['http://1.1.1.1:6380/', 'https://[2606:4700::1111]:8443/', 'http://ex.example:8080/']) {
      expect(await strict.get(url, {}, signal)).toMatchObject({
        kind: 'failed',
        message: expect.stringMatching(/^port \d+ of .*ALLOW_PRIVATE_NETWORK/),
      });
      expect(await strict.probe(url, signal)).toMatchObject({
        kind: 'failed',
        message: expect.stringMatching(/^port/),
      });
    }
    const trusting = client({ ...options, trusted: ['http://no-such-host.invalid:6380/feed.xml'] });
    // Asked for, and not found: the name leads nowhere.
    expect(await trusting.get('http://no-such-host.invalid:6380/', {}, signal)).toMatchObject({
      message: expect.not.stringMatching(/^port/),
    });
    expect(await trusting.get('http://no-such-host.invalid:6381/', {}, signal)).toMatchObject({
      message: expect.stringMatching(/^port 6381/),
    });
  });

  test('a trusted port of a private address is still refused', async () => {
    const guarded = client({ allowPrivateNetwork: false, trusted: [server.url] });
    expect(await guarded.get(server.url, {}, signal)).toMatchObject({ message: expect.stringContaining('private') });
    expect(server.requests).toHaveLength(0);
  });

  test.each([
    '10.0.0.1',
    '172.16.3.4',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fe80::1',
    'fc00::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '168.63.129.16',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['1.1.1.1', '140.82.121.4', '2606:4700::1111'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

test('a source never shows the credentials of its address', async () => {
  const withPassword = server.url.replace('http://', 'http://user:secret@');
  const catalog = await readOnce(`${withPassword}/list.md`, options);
  expect(JSON.stringify(catalog)).not.toContain('secret');
});
