import fc from 'fast-check';
import type { Message } from '../../src/message/message.ts';
import { createConversationWorld, reader, somePosts } from '../support/conversation-world.ts';
import { makePost } from '../support/make-post.ts';

const titles = ({ cards }: Message) => cards.map(({ title }) => title.text);
const labels = ({ actions }: Message) => actions.flat().map(({ label }) => label);

const part = (name: string, place: number, category = 'Python') =>
  makePost({ title: `${name} (${place}) in ${category}`, category: [category], series: { name, place } });

describe('/series', () => {
  const posts = [part('Scraping', 2), part('Fast training', 1), part('Scraping', 1), part('Scraping', 3)];

  it('lists the series with their counts', async () => {
    expect(labels(await createConversationWorld({ posts }).ask('/series'))).toEqual([
      'Scraping (3)',
      'Fast training (1)',
    ]);
  });

  it.each(['/series Scraping', '/series scrap', '/series 1', '/系列 Scraping'])(
    'shows the posts in their order for %s',
    async (text) => {
      expect(titles(await createConversationWorld({ posts }).ask(text))).toEqual([
        'Scraping (1) in Python',
        'Scraping (2) in Python',
        'Scraping (3) in Python',
      ]);
    },
  );

  it('tells two series of one name apart by their category', async () => {
    const world = createConversationWorld({ posts: [part('Notes', 1, 'Python'), part('Notes', 1, 'Rust')] });
    const both = await world.ask('/series notes');

    expect(labels(both)).toEqual(['Python / Notes (1)', 'Rust / Notes (1)']);
    expect(titles(await world.press(both, 'Rust'))).toEqual(['Notes (1) in Rust']);
  });

  it('says so where there is none, or none of that name', async () => {
    expect((await createConversationWorld().ask('/series')).text).toContain('no series here');
    expect((await createConversationWorld({ posts }).ask('/series cooking')).text).toContain('no series “cooking”');
  });
});

describe('/related', () => {
  it('asks which post is meant', async () => {
    expect((await createConversationWorld().ask('/related')).text).toContain('Like which post?');
  });

  it('shows posts like the one that is named, by its id or by words', async () => {
    const posts = [
      makePost({ title: 'Attention explained', summary: 'Queries, keys and values.' }),
      makePost({ title: 'Attention in code', summary: 'Queries, keys and values, step by step.' }),
      ...somePosts,
    ];
    const world = createConversationWorld({ posts });
    const byWords = await world.ask('/related attention explained');

    expect(byWords.text).toBe('More like “Attention explained”:');
    expect(titles(byWords)).toEqual(['Attention in code']);
    expect(await world.ask(`/related ${posts[0]?.id}`)).toEqual(byWords);
  });

  it('says so when a post is like no other', async () => {
    const world = createConversationWorld({ posts: [makePost({ title: 'Alone' })] });
    expect((await world.ask('/related Alone')).text).toContain('Nothing else here is much like “Alone”');
  });

  it('says so when nothing is found that it could be like', async () => {
    expect((await createConversationWorld().ask('/related braised pork')).text).toContain('nothing on “braised pork”');
  });
});

describe('/random', () => {
  it('shows any post there is, and another at the press of a button', async () => {
    const draws = [0, 0.5, 0.999];
    const world = createConversationWorld({
      posts: ['a', 'b', 'c'].map((title) => makePost({ title })),
      random: () => draws.shift() ?? 0,
    });
    const first = await world.ask('/random');
    const second = await world.press(first, 'Another one');
    const third = await world.press(second, 'Another one');
    expect([first, second, third].flatMap(titles)).toEqual(['a', 'b', 'c']);
  });

  it('keeps to a category that is named', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (draw) => {
        const world = createConversationWorld({ random: () => draw });
        const card = (await world.press(await world.ask('/随便看看 Pictures'), 'Another one')).cards[0];
        expect(card?.category[0]).toBe('Pictures');
      }),
    );
  });

  it('says so while there are no posts', async () => {
    expect((await createConversationWorld({ posts: [] }).ask('/random')).text).toContain('no posts here yet');
  });
});

describe('/post', () => {
  const first = part('Scraping', 1);
  const posts = [{ ...first, aliases: ['former-id'] }, part('Scraping', 2)];

  it.each([first.id, 'former-id'])('opens a post by the id %s, and its series from there', async (id) => {
    const world = createConversationWorld({ posts });
    const answer = await world.ask(`/post ${id}`);
    expect(titles(answer)[0]).toBe('Scraping (1) in Python');
    expect(titles(await world.press(answer, 'The whole series'))).toHaveLength(2);
  });

  it('leads to the post before and the post behind in the series, in place', async () => {
    const middle = part('Scraping', 2);
    const world = createConversationWorld({ posts: [part('Scraping', 3), first, middle] });
    const answer = await world.ask(`/post ${middle.id}`);
    expect(answer.footer).toBe('Part 2 of 3 in the series “Scraping”');
    expect(labels(answer)).toEqual(expect.arrayContaining(['‹ Scraping (1) in Python', 'Scraping (3) in Python ›']));
    const before = await world.press(answer, '‹ Scraping (1)');
    expect(titles(before)[0]).toBe('Scraping (1) in Python');
    expect(labels(before)).toContain('Scraping (2) in Python ›');
    expect(labels(before).some((label) => label.startsWith('‹'))).toBe(false);
  });

  describe('beside others', () => {
    const attention = makePost({
      title: 'Attention explained',
      category: ['Models', 'Text'],
      summary: 'Queries, keys.',
    });
    const inCode = makePost({ title: 'Attention in code', category: ['Models', 'Text'], summary: 'Queries, keys.' });
    const open = (who = {}) =>
      createConversationWorld({ posts: [attention, inCode, ...somePosts] }).ask(`/post ${attention.id}`, who);

    it('stands alone, with its article, those like it and its category one press away', async () => {
      const world = createConversationWorld({ posts: [attention, inCode, ...somePosts] });
      const answer = await world.ask(`/post ${attention.id}`);
      expect(titles(answer)).toEqual(['Attention explained']);
      expect(answer.actions.flat()[0]).toEqual({ label: 'Read it', url: attention.url });
      expect(titles(await world.press(answer, 'More like this'))).toEqual(['Attention in code']);
      await world.press(answer, '🔔 Subscribe to Text');
      expect((await world.book.find(reader))?.subscriptions).toEqual([{ kind: 'category', category: 'Models / Text' }]);
    });

    it.each(['/subscribe', '/subscribe Models / Text'])('offers no category to who said %s', async (text) => {
      const world = createConversationWorld({ posts: [attention, inCode, ...somePosts] });
      await world.ask(text);
      expect(labels(await world.ask(`/post ${attention.id}`))).toEqual(['Read it', 'More like this']);
    });

    it('offers no category to who may not subscribe the group', async () => {
      expect(labels(await open({ place: 'group', mayManage: false }))).toEqual(['Read it', 'More like this']);
    });

    it('brings those like it along where there are no buttons', async () => {
      expect(titles(await open({ bareWords: true }))).toEqual(['Attention explained', 'Attention in code']);
    });
  });

  it('searches for words beside an id that is gone, else says that it is gone', async () => {
    const world = createConversationWorld({ posts });
    expect(titles(await world.ask('/post gone scraping'))).toHaveLength(2);
    expect((await world.ask('/post gone')).text).toContain('no longer here');
  });
});
