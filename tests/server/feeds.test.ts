import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import type { Post } from '../../src/posts/post.ts';
import { atomFeed, jsonFeed } from '../../src/server/feed-documents.ts';
import { post, startWebApp, type WebApp } from '../support/web-app.ts';

const subject = {
  title: 'Postbell',
  feedUrl: 'https://bell.example/feed.xml',
  pageUrl: 'https://bell.example/',
  arrivals: new Map(),
};
const atom = (posts: readonly Post[]) => atomFeed(subject, posts, '1.2.3');

describe('the feeds', () => {
  let app: WebApp;
  beforeAll(async () => {
    app = await startWebApp();
  });
  afterAll(() => app.stop());

  const titles = async (query: string) => {
    const feed = parseAtomFeed(await (await app.get(`/feed.xml${query}`)).text());
    return feed.entries?.map(({ title }) => title?.value);
  };

  it('hold every post, the newest first', async () => {
    const all = (await titles('')) ?? [];
    expect([all.length, ...all.slice(0, 2)]).toEqual([14, 'Diffusion models', 'Docker 入门']);
  });

  it('can be had for one category', async () => {
    expect(await titles('?category=Vision')).toEqual(['Diffusion models']);
  });

  it('can be had for a saved query', async () => {
    expect(await titles('?q=noise')).toEqual(['Diffusion models']);
    expect((await titles('?q=LoRA'))?.length).toBe(12);
  });

  it('are empty where nothing fits', async () => {
    expect((await titles('?category=Nothing')) ?? []).toEqual([]);
  });

  it('say what they are, and where', async () => {
    const response = await app.get('/feed.xml?q=noise');
    const feed = parseAtomFeed(await response.text());
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(feed).toMatchObject({ id: `${app.url}/feed.xml?q=noise`, title: { value: 'Postbell · noise' } });
  });

  it('tell the same as JSON', async () => {
    const response = await app.get('/feed.json?category=Vision');
    expect(response.headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
    expect(await response.json()).toEqual({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Postbell · Vision',
      home_page_url: `${app.url}/`,
      feed_url: `${app.url}/feed.json?category=Vision`,
      items: [
        {
          id: 'urn:postbell:post:diffusion-models',
          url: 'https://blog.example/diffusion-models',
          title: 'Diffusion models',
          content_text: 'From noise to pictures.',
          date_published: '2026-05-02T00:00:00.000Z',
          tags: ['Vision'],
        },
      ],
    });
  });

  it('link to the public address where there is one', async () => {
    const behindProxy = await startWebApp({ parts: { publicUrl: 'https://bell.example/sub/' } });
    const feed = await (await behindProxy.get('/feed.json')).json();
    expect(feed).toMatchObject({ home_page_url: 'https://bell.example/sub/' });
    await behindProxy.stop();
  });

  it.each(['/feed.xml', '/feed.json'])('are not sent again to a reader who has them: %s', async (path) => {
    const first = await app.get(path);
    const etag = first.headers.get('etag') ?? '';
    const statuses = [];
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '"other"']) {
      statuses.push((await app.get(path, { 'if-none-match': known })).status);
    }
    expect(statuses).toEqual([304, 304, 304, 200]);
    expect((await app.get(`${path}?category=Vision`)).headers.get('etag')).not.toBe(etag);
  });

  it('refuse an overlong query and name it', async () => {
    const response = await app.get(`/feed.xml?q=${'a'.repeat(201)}`);
    expect([response.status, await response.json()]).toMatchObject([400, { parameter: 'q' }]);
  });
});

describe('an entry', () => {
  it('keeps its id when the title and the link are edited', () => {
    const before = post('LoRA', { id: 'x' });
    const after = { ...before, title: 'LoRA, again', url: 'https://elsewhere.example/' };
    const idOf = (one: Post) => parseAtomFeed(atom([one])).entries?.[0]?.id;
    expect(idOf(after)).toBe(idOf(before));
  });

  it('dates from its arrival where the post gives no date', () => {
    const arrivals = new Map([['x', new Date('2026-11-01T10:00:00Z')]]);
    const feed = parseAtomFeed(atomFeed({ ...subject, arrivals }, [post('LoRA', { id: 'x' })], '1'));
    expect([feed.updated, feed.entries?.[0]?.updated]).toEqual([
      '2026-11-01T10:00:00.000Z',
      '2026-11-01T10:00:00.000Z',
    ]);
  });

  it('survives any text as XML and as JSON', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, (title, summary, category) => {
        const posts = [post(title, { id: 'x', summary, category: [category] })];
        expect(XMLValidator.validate(atom(posts))).toBe(true);
        expect(parseJsonFeed(jsonFeed(subject, posts)).items).toHaveLength(1);
      }),
    );
  });

  it.each(['a\u0000b\u0008c\u001fd', 'a\ud800b', '\ufffe\uffff'])('leaves out what XML cannot say: %j', (title) => {
    expect(atom([post(title, { id: 'x' })])).not.toMatch(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/u);
  });

  it('shows markup of a title as text', () => {
    const title = '<script>alert("1")</script> & ]]>';
    expect(parseAtomFeed(atom([post(title, { id: 'x' })])).entries?.[0]?.title).toEqual({ value: title, type: 'text' });
  });
});
