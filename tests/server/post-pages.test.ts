import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { parseDocument } from 'htmlparser2';
import type { Covers } from '../../src/covers/create-covers.ts';
import { postPage } from '../../src/server/post-page.ts';
import { openSearchDescription, sitemap } from '../../src/server/site-documents.ts';
import { post, somePosts, startWebApp, type WebApp } from '../support/web-app.ts';

const frame = { base: 'https://bell.example', stylesheet: '/assets/post-x.css', language: 'en' } as const;

/** Names of all elements, with their attributes, in a document. */
function elementsOf(markup: string): { name: string; attributes: Record<string, string> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const walk = (nodes: readonly unknown[]) => {
    for (const node of nodes as { name?: string; attribs?: Record<string, string>; children?: unknown[] }[]) {
      if (node.name) found.push({ name: node.name, attributes: node.attribs ?? {} });
      walk(node.children ?? []);
    }
  };
  walk(parseDocument(markup).children);
  return found;
}

const metaOf = (markup: string, name: string) =>
  elementsOf(markup).find(({ attributes }) => attributes.property === name || attributes.name === name)?.attributes
    .content;

describe('the page of a post', () => {
  let app: WebApp;
  beforeAll(async () => {
    app = await startWebApp({ parts: { publicUrl: 'https://bell.example' } });
  });
  afterAll(() => app.stop());

  it('says what link previews ask for, with absolute addresses', async () => {
    const response = await app.get('/p/diffusion-models', { 'accept-language': 'en-GB' });
    const markup = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(
      ['og:title', 'og:description', 'og:url', 'og:site_name', 'og:type'].map((name) => metaOf(markup, name)),
    ).toEqual([
      'Diffusion models',
      'From noise to pictures.',
      'https://bell.example/p/diffusion-models',
      'Postbell',
      'article',
    ]);
  });

  it('leads to the article, to the chat and to posts like it', () => {
    const like = post('LoRA, again', { id: 'like it' });
    const markup = postPage(post('LoRA', { id: 'lora' }), [like], undefined, frame);
    const links = elementsOf(markup).flatMap(({ name, attributes }) => (name === 'a' ? [attributes.href] : []));
    expect(links).toEqual(['/', 'https://blog.example/lora', '/?post=lora', '/p/like%20it']);
  });

  it.each([
    ['zh-CN,zh;q=0.9', 'zh', '阅读原文'],
    ['de-DE,en;q=0.8,zh;q=0.5', 'en', 'Read the article'],
    ['de-DE', 'en', 'Read the article'],
  ])('speaks to a browser that prefers %s', async (header, language, words) => {
    const response = await app.get('/p/diffusion-models', { 'accept-language': header });
    const markup = await response.text();
    expect([markup.includes(`<html lang="${language}">`), markup.includes(words)]).toEqual([true, true]);
    expect(response.headers.get('vary')).toContain('accept-language');
  });

  it('is a page that says so where there is no such post', async () => {
    const response = await app.get('/p/never-was', { 'accept-language': 'en' });
    const markup = await response.text();
    expect([response.status, metaOf(markup, 'robots')]).toEqual([404, 'noindex']);
    expect(markup).toContain('There is no such post');
  });

  it('moves with a post that got another id', async () => {
    const moved = await startWebApp({ posts: [post('LoRA', { id: 'new id', aliases: ['old'] })] });
    const response = await fetch(`${moved.url}/p/old`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([301, '/p/new%20id']);
    expect((await moved.get('/p/new%20id')).status).toBe(200);
    await moved.stop();
  });

  it('shows the cover, by its absolute address and with its size', async () => {
    const covers: Covers = {
      urlOf: ({ id }, size) => `https://bell.example/covers/${id}-${size}.jpg`,
      pathOf: () => undefined,
      named: async () => undefined,
      cover: async () => {
        throw new Error('not asked for');
      },
      descriptionOf: () => undefined,
      preview: async () => ({}),
    };
    const withCovers = await startWebApp({ parts: { covers } });
    const markup = await (await withCovers.get('/p/diffusion-models')).text();
    expect(
      ['og:image', 'og:image:width', 'og:image:height', 'twitter:card'].map((name) => metaOf(markup, name)),
    ).toEqual(['https://bell.example/covers/diffusion-models-card.jpg', '1200', '630', 'summary_large_image']);
    await withCovers.stop();
  });

  it('has a stylesheet that is there, under a policy without anything inline', async () => {
    const response = await app.get('/p/diffusion-models');
    const markup = await response.text();
    const sheet = elementsOf(markup).find(({ attributes }) => attributes.rel === 'stylesheet')?.attributes.href ?? '';
    expect([(await app.get(sheet)).status, response.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringContaining("script-src 'self'; style-src 'self'"),
    ]);
    expect(markup).not.toMatch(/<script|<style|\sstyle=/);
  });

  it('shows whatever stands in a post as text: no element and no attribute comes from it', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '" onload="alert(1)',
        "'><img src=x>",
        '</title>',
        '<!--',
        ']]>',
        '&lt;',
      ),
    );
    const shape = (markup: string) =>
      elementsOf(markup).map(({ name, attributes }) => [name, ...Object.keys(attributes)].join(' '));
    const plainShape = shape(postPage(post('a', { id: 'a', category: ['a'], summary: 'a' }), [], undefined, frame));
    fc.assert(
      fc.property(hostile, hostile, hostile, (title, category, word) => {
        const summary = `a${word.replace(/\s/g, ' ')}`;
        const markup = postPage(post(title, { id: 'a', category: [category], summary }), [], undefined, frame);
        expect(shape(markup)).toEqual(plainShape);
      }),
    );
  });

  it('opens no address but http and https', () => {
    const evil = post('x', { id: 'x', url: 'javascript:alert(1)', links: [{ title: 'y', url: 'data:text/html,z' }] });
    expect(postPage(evil, [], undefined, frame)).not.toMatch(/javascript:|data:/);
  });
});

describe('what search engines and browsers ask', () => {
  it('GET /sitemap.xml lists the chat and every post', async () => {
    const app = await startWebApp({ parts: { publicUrl: 'https://bell.example' } });
    const text = await (await app.get('/sitemap.xml')).text();
    const urls = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => url);
    expect(XMLValidator.validate(text)).toBe(true);
    expect(urls).toEqual([
      'https://bell.example/',
      ...somePosts().map(({ id }) => `https://bell.example/p/${encodeURIComponent(id)}`),
    ]);
    expect(text).toContain('<lastmod>2026-05-02</lastmod>');
    await app.stop();
  });

  it('a sitemap keeps to fifty thousand addresses', () => {
    const posts = Array.from({ length: 50_010 }, (_, at) => post(`p${at}`, { id: `p${at}` }));
    expect(sitemap('https://bell.example', posts).match(/<loc>/g)).toHaveLength(50_000);
  });

  it('GET /opensearch.xml lets a browser search in the chat', async () => {
    const text = openSearchDescription('https://bell.example');
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text).toContain('template="https://bell.example/?q={searchTerms}"');
  });

  it('GET /robots.txt names the sitemap', async () => {
    const app = await startWebApp({ parts: { publicUrl: 'https://bell.example/' } });
    expect(await (await app.get('/robots.txt')).text()).toBe(
      'User-agent: *\nDisallow: /api/\nDisallow: /r/\nSitemap: https://bell.example/sitemap.xml\n',
    );
    await app.stop();
  });

  it('no Host header can put another site into an answer as markup', async () => {
    const app = await startWebApp();
    const response = await app.get('/p/diffusion-models', { 'x-forwarded-host': '"><script>alert(1)</script>' });
    expect(await response.text()).not.toContain('<script');
    await app.stop();
  });
});

describe('a link that leads nowhere', () => {
  let app: WebApp;
  beforeAll(async () => {
    app = await startWebApp();
  });
  afterAll(() => app.stop());
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  it.each([
    ['zh-CN,zh;q=0.9', '这里没有网页'],
    ['en-GB', 'There is no page here'],
  ])('shows a browser that prefers %s a page that leads on', async (language, words) => {
    const response = await app.get('/no/such', { ...browser, 'accept-language': language });
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    const page = await response.text();
    for (const part of [words, 'href="/"', 'noindex']) expect(page).toContain(part);
  });

  it('repeats nothing of its address', async () => {
    const page = await (await app.get('/<script>alert(1)</script>?q=%22%3Ealert', browser)).text();
    expect(page).not.toContain('alert');
  });

  it.each([
    ['/no/such', { accept: '*/*' }],
    ['/api/nothing', browser],
    ['/assets/gone-12345678.js', { accept: '*/*' }],
  ])('is answered with JSON to programs: %s', async (path, headers) => {
    const response = await app.get(path, headers);
    expect([response.status, await response.json()]).toEqual([404, { error: `there is no GET ${path}` }]);
  });
});
