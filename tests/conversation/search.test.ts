import { createConversationWorld } from '../support/conversation-world.ts';
import { makePost } from '../support/make-post.ts';

describe('a search', () => {
  it('answers with the total, five cards and the pages', async () => {
    const answer = await createConversationWorld().ask('lora');

    expect(answer.text).toBe('12 posts on “lora”');
    expect(answer.cards.map(({ title }) => title.text)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `LoRA in practice, part ${n}`),
    );
    expect(answer.cards[0]).toMatchObject({
      url: 'https://blog.example/LoRA%20in%20practice%2C%20part%201',
      category: ['大语言模型（LLM）'],
      snippet: { text: 'Adapters, small and cheap.' },
    });
    expect(answer).toMatchObject({ firstRank: 1, page: { index: 0, count: 3 } });
    expect(answer.page?.previous).toBeUndefined();
  });

  it('marks what answers in the title and in the snippet', async () => {
    const posts = [makePost({ title: 'All of LoRA', summary: 'Why LoRA\n  is   small.' })];
    const [card] = (await createConversationWorld({ posts }).ask('LoRA')).cards;

    expect(card?.title).toEqual({ text: 'All of LoRA', marks: [{ start: 7, end: 11 }] });
    expect(card?.snippet).toEqual({ text: 'Why LoRA is small.', marks: [{ start: 4, end: 8 }] });
  });

  it('turns pages, with the ranks counted on', async () => {
    const world = createConversationWorld();
    const second = await world.turn(await world.ask('LoRA'), 'next');
    const third = await world.turn(second, 'next');

    expect(second).toMatchObject({ firstRank: 6, page: { index: 1, count: 3 } });
    expect(third.cards.map(({ title }) => title.text)).toEqual([
      'LoRA in practice, part 11',
      'LoRA in practice, part 12',
    ]);
    expect(third.page?.next).toBeUndefined();
    expect(await world.turn(third, 'previous')).toEqual(second);
  });

  it('shows the last page when a page button is older than a catalog that shrank', async () => {
    const world = createConversationWorld();
    const second = await world.turn(await world.ask('LoRA'), 'next');
    world.publish([makePost({ title: 'The only LoRA left' })]);

    const answer = await world.turn(second, 'next');

    expect(answer.cards.map(({ title }) => title.text)).toEqual(['The only LoRA left']);
    expect(answer.page).toBeUndefined();
  });

  it('says so when there is nothing, and shows ways on', async () => {
    const world = createConversationWorld();
    const answer = await world.ask('braised pork');

    expect(answer.text).toContain('nothing on “braised pork”');
    expect(answer.cards).toEqual([]);
    expect((await world.press(answer, 'Latest posts')).cards).not.toEqual([]);
    expect((await world.press(answer, 'Categories')).actions.flat()).toHaveLength(4);
  });

  it.each([
    ['订阅', '/订阅', /^Done! Every new post/],
    ['订阅 pictures', '/订阅 pictures', /Pictures/],
    ['Help', '/Help', /LoRA|search/i],
    ['最新', '/最新', /^The newest of/],
  ])('offers the command to whoever writes “%s” without its slash', async (typed, label, answered) => {
    const world = createConversationWorld();
    const answer = await world.ask(typed);
    expect(answer.actions[0]).toEqual([expect.objectContaining({ label })]);
    expect(answer.actions.flat().map((action) => action.label)).not.toContain('🔔 Tell me of new ones');
    expect((await world.press(answer, label)).text).toMatch(answered);
  });

  it.each(['random forest', 'LoRA help', 'post'])('takes “%s” for words of a search alone', async (typed) => {
    const labels = (await createConversationWorld().ask(typed)).actions.flat().map(({ label }) => label);
    expect(labels.filter((label) => label.startsWith('/'))).toEqual([]);
  });

  it('offers to watch for new posts on the same words, until one does', async () => {
    const world = createConversationWorld();

    await world.press(await world.ask('LoRA'), 'Tell me of new ones');

    expect(await world.book.find({ channel: 'web', chat: 'reader' })).toMatchObject({
      subscriptions: [{ kind: 'query', query: 'LoRA' }],
    });
    expect((await world.ask('lora')).actions).toEqual([]);
  });

  it('asks for words when there are none', async () => {
    expect((await createConversationWorld().ask('/search')).text).toContain('What are you looking for?');
  });

  it('looks at the beginning of a very long text, and says so', async () => {
    const answer = await createConversationWorld().ask(`/search ${'LoRA '.repeat(1000)}`);

    expect(`${answer.text} ${answer.footer}`).toContain('first 200 characters');
  });

  it('finds full-width words', async () => {
    expect((await createConversationWorld().ask('／ｓｅａｒｃｈ　ＬｏＲＡ')).text).toContain('12 posts');
  });
});
