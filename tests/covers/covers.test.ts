import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { createHttpClient } from '../../src/catalog/sources/http-client.ts';
import { readArticlePreview } from '../../src/covers/article-preview.ts';
import { type CoversOptions, createCovers } from '../../src/covers/create-covers.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Post } from '../../src/posts/post.ts';
import { makePost } from '../support/make-post.ts';
import { makeFolder } from '../support/process.ts';
import { createSettlingClock } from '../support/wechat/settling-clock.ts';

const { signal } = new AbortController();
const client = (allowPrivateNetwork: boolean) =>
  createHttpClient({ clock: systemClock, allowPrivateNetwork, retryAfterMs: [], timeoutMs: 2_000 });

/** A blog with one article that names a red picture, and a count of what was asked of it. */
async function startBlog() {
  const asked: string[] = [];
  const canvas = createCanvas(800, 800);
  const context = canvas.getContext('2d');
  context.fillStyle = '#f00';
  context.fillRect(0, 0, 800, 800);
  const picture = await canvas.encode('png');
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/picture.png') return void response.end(picture);
    if (request.url === '/article') {
      return void response.end(
        '<head><meta property="og:image" content="/picture.png"><meta name="description" content="Read it."></head>',
      );
    }
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const coversFor = (posts: readonly Post[], options: Partial<CoversOptions> = {}) =>
  createCovers({
    mode: 'draw',
    folder: makeFolder(),
    publicUrl: 'https://bot.example',
    postOf: (id) => posts.find((post) => post.id === id),
    clock: systemClock,
    log: silentLog,
    ...options,
  });

const post = makePost({ id: 'abc_DEF-123', title: '微调', category: ['LLM'] });

const coversWithoutAddress = () =>
  createCovers({ mode: 'draw', folder: makeFolder(), postOf: () => post, clock: systemClock, log: silentLog });

describe('the cover of a post', () => {
  it('is the picture that the source names', () => {
    const covers = coversFor([]);
    expect(covers.urlOf({ ...post, image: 'https://blog.example/p.jpg' }, 'wide')).toBe('https://blog.example/p.jpg');
  });

  it.each(['webp', 'WEBP?w=800', 'avif#top', 'svg'])(
    'is drawn in place of a picture that messengers do not show, and our own pages show that: .%s',
    (ending) => {
      const pictured = { ...post, image: `https://blog.example/p.${ending}` };
      expect(coversFor([]).urlOf(pictured, 'card')).toMatch(/^https:\/\/bot\.example\/covers\/.*-card\.jpg$/);
      expect(coversFor([]).pathOf(pictured, 'card')).toBeUndefined();
      // Where none is drawn, that one is better than nothing.
      expect(coversFor([], { mode: 'none' }).urlOf(pictured, 'card')).toBe(pictured.image);
    },
  );

  it('else is drawn, and served under the name that its address ends with', async () => {
    const covers = coversFor([post]);
    const url = covers.urlOf(post, 'card') ?? '';
    expect(url).toMatch(/^https:\/\/bot\.example\/covers\/abc_DEF-123-[0-9a-f]{12}-card\.jpg$/);
    const cover = await covers.named(url.split('/').at(-1) ?? '', signal);
    expect(cover?.type).toBe('image/jpeg');
    expect(cover?.bytes).toEqual((await covers.cover(post, 'card', signal)).bytes);
  });

  it('is drawn once and kept, also over a restart', async () => {
    const folder = makeFolder();
    const first = await coversFor([post], { folder }).cover(post, 'wide', signal);
    expect(await readdir(folder)).toHaveLength(1);
    const again = await coversFor([post], { folder }).cover(post, 'wide', signal);
    expect(again).toEqual(first);
  });

  it('changes its address with its title, and the old address still shows the old picture', async () => {
    const folder = makeFolder();
    const before = coversFor([post], { folder });
    const old = before.urlOf(post, 'wide')?.split('/').at(-1) ?? '';
    const shown = await before.named(old, signal);
    const edited = { ...post, title: '微调（二）' };
    const after = coversFor([edited], { folder });
    expect(after.urlOf(edited, 'wide')).not.toContain(old);
    expect(await after.named(old, signal)).toEqual(shown);
  });

  it.each(['../../etc/passwd', 'abc', 'abc_DEF-123-000000000000-wide.jpg', 'abc_DEF-123-000000000000-huge.jpg', ''])(
    'is nothing under the name %s',
    async (name) => {
      expect(await coversFor([post]).named(name, signal)).toBeUndefined();
    },
  );

  it('has no address without PUBLIC_URL, and none with COVERS=none', () => {
    const covers = coversWithoutAddress();
    expect(covers.urlOf(post, 'card')).toBeUndefined();
    expect(coversFor([post], { mode: 'none' }).urlOf(post, 'card')).toBeUndefined();
  });

  it('has a path on our own server, also without PUBLIC_URL, unless the source names a picture', async () => {
    const covers = coversWithoutAddress();
    const path = covers.pathOf(post, 'small') ?? '';
    expect(path).toMatch(/^\/covers\/abc_DEF-123-[0-9a-f]{12}-small\.jpg$/);
    const cover = await covers.named(path.split('/').at(-1) ?? '', signal);
    const { width, height } = await loadImage(cover?.bytes ?? Buffer.alloc(0));
    expect([width, height]).toEqual([480, 252]);
    expect(covers.pathOf({ ...post, image: 'https://blog.example/p.jpg' }, 'small')).toBeUndefined();
    expect(coversFor([post], { mode: 'none' }).pathOf(post, 'small')).toBeUndefined();
  });

  it('is made once for many who ask at the same time', async () => {
    const folder = makeFolder();
    const covers = coversFor([post], { folder });
    const all = await Promise.all(Array.from({ length: 20 }, () => covers.cover(post, 'card', signal)));
    for (const one of all) expect(one.hash).toBe(all[0]?.hash);
    expect(await readdir(folder)).toHaveLength(1);
  });
});

describe('with COVERS=fetch', () => {
  it("an article's own picture and description are fetched once and kept", async () => {
    const blog = await startBlog();
    const article = makePost({ id: 'article', title: 'Article', url: `${blog.url}/article` });
    const options = { mode: 'fetch', folder: makeFolder(), fetcher: client(true) } as const;
    const covers = coversFor([article], options);
    const { bytes } = await covers.cover(article, 'card', signal);
    const picture = await loadImage(bytes);
    expect([picture.width, picture.height]).toEqual([1_200, 630]);
    expect(await covers.preview(article, signal)).toEqual({
      image: `${blog.url}/picture.png`,
      description: 'Read it.',
    });
    await coversFor([article], options).cover(article, 'card', signal);
    expect(blog.asked).toEqual(['/article', '/picture.png']);
    await blog.close();
  });

  it('pages and pictures are asked for one at a time, half a second apart', async () => {
    const clock = createSettlingClock();
    const asked: { readonly url: string; readonly answer: () => void }[] = [];
    const fetcher: NonNullable<CoversOptions['fetcher']> = {
      get: (url) =>
        new Promise((resolve) => {
          asked.push({ url, answer: () => resolve({ kind: 'failed', message: 'gone' }) });
        }),
    };
    const articles = Array.from({ length: 3 }, (_, at) =>
      makePost({
        id: `p${at}`,
        title: `Post ${at}`,
        url: `https://blog.example/${at}`,
        image: `https://blog.example/${at}.png`,
      }),
    );
    const covers = coversFor(articles, { mode: 'fetch', fetcher, clock });
    const all = Promise.all([
      covers.preview(articles[0]!, signal),
      covers.cover(articles[1]!, 'wide', signal),
      covers.preview(articles[2]!, signal),
    ]);
    const reached = (count: number) => expect(asked.map(({ url }) => url)).toHaveLength(count);
    await until(() => asked.length === 1);
    // However long the first takes, the second waits for it.
    await clock.advance(60_000);
    reached(1);
    asked[0]?.answer();
    await until(() => asked.length === 2);
    // The second is answered at once, and the third waits all the same.
    asked[1]?.answer();
    await clock.advance(499);
    reached(2);
    await clock.advance(1);
    await until(() => asked.length === 3);
    asked[2]?.answer();
    await all;
    expect(asked.map(({ url }) => url).toSorted()).toEqual([
      'https://blog.example/0',
      'https://blog.example/1.png',
      'https://blog.example/2',
    ]);
  });

  it("an article's description is there once its page was read, which is asked once for whoever wants it", async () => {
    const blog = await startBlog();
    const article = makePost({ id: 'article', title: 'Article', url: `${blog.url}/article` });
    const covers = coversFor([article], { mode: 'fetch', fetcher: client(true) });
    expect(covers.descriptionOf(article)).toBeUndefined();
    expect(covers.descriptionOf(article)).toBeUndefined();
    await covers.preview(article, signal);
    expect(covers.descriptionOf(article)).toBe('Read it.');
    expect(blog.asked).toEqual(['/article']);
    await blog.close();
  });

  it('a page that is too large, too slow or leads in a circle gives nothing', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/large') return void response.end(Buffer.alloc(2_000_000, 'x'));
      if (request.url === '/slow') return;
      response.writeHead(302, { location: request.url }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const limits = {
      clock: systemClock,
      allowPrivateNetwork: true,
      retryAfterMs: [],
      timeoutMs: 300,
      largest: 1_000_000,
    };
    for (const path of ['/large', '/slow', '/redirect']) {
      const article = makePost({ id: path.slice(1), title: 'Article', url: url + path });
      const covers = coversFor([article], { mode: 'fetch', fetcher: createHttpClient(limits) });
      expect(await covers.preview(article, signal)).toEqual({});
      expect((await covers.cover(article, 'wide', signal)).bytes.length).toBeGreaterThan(1_000);
    }
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('a picture in a private network is not asked for, whatever public page names it', async () => {
    const blog = await startBlog();
    const fetcher: NonNullable<CoversOptions['fetcher']> = {
      async get(address, validators, stop) {
        if (address !== 'https://blog.example/') return client(false).get(address, validators, stop);
        const html = `<meta property="og:image" content="${blog.url}/picture.png">`;
        return { kind: 'page', bytes: Buffer.from(html), url: address };
      },
    };
    const article = makePost({ id: 'lure', title: 'Lure', url: 'https://blog.example/' });
    const { bytes } = await coversFor([article], { mode: 'fetch', fetcher }).cover(article, 'wide', signal);
    expect(bytes).toEqual((await coversFor([article]).cover(article, 'wide', signal)).bytes);
    expect(blog.asked).toEqual([]);
    await blog.close();
  });

  it('an article without a picture is asked once, and its cover drawn', async () => {
    const blog = await startBlog();
    const article = makePost({ id: 'gone', title: 'Gone', url: `${blog.url}/gone` });
    const covers = coversFor([article], { mode: 'fetch', fetcher: client(true) });
    expect((await covers.cover(article, 'card', signal)).bytes.length).toBeGreaterThan(1_000);
    await covers.cover(article, 'wide', signal);
    expect(blog.asked).toEqual(['/gone']);
    await blog.close();
  });

  it('a private network is never asked', async () => {
    const blog = await startBlog();
    const urls = [
      `${blog.url}/article`,
      blog.url.replace('127.0.0.1', '[::ffff:127.0.0.1]'),
      blog.url.replace('127.0.0.1', 'localhost'),
    ];
    for (const [at, url] of urls.entries()) {
      const article = makePost({ id: `p${at}`, title: 'Private', url });
      const covers = coversFor([article], { mode: 'fetch', fetcher: client(false) });
      expect(await covers.preview(article, signal)).toEqual({});
    }
    expect(blog.asked).toEqual([]);
    await blog.close();
  });
});

describe('a page', () => {
  it.each([
    ['<meta property="og:image" content="/a.jpg">', 'https://blog.example/a.jpg'],
    ['<meta property="og:image" content="//cdn.example/a.jpg">', 'https://cdn.example/a.jpg'],
    ["<META NAME='twitter:image' CONTENT='https://x.example/b.png?a=1&amp;b=2'>", 'https://x.example/b.png?a=1&b=2'],
    ['<meta property="og:image" content="javascript:alert(1)">', undefined],
    ['<meta property="og:image" content="file:///etc/passwd">', undefined],
    ['<meta property="og:image" content="">', undefined],
    ['<p>og:image</p>', undefined],
  ])('%s names the picture %s', (html, image) => {
    expect(readArticlePreview(html, 'https://blog.example/posts/1').image).toBe(image);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
