import type { Message } from '../../src/message/message.ts';
import { createConversationWorld } from '../support/conversation-world.ts';
import { makePost } from '../support/make-post.ts';

const titles = ({ cards }: Message) => cards.map(({ title }) => title.text);
const labels = ({ actions }: Message) => actions.flat().map(({ label }) => label);

describe('/latest', () => {
  it('shows dated posts first, the newest at the top', async () => {
    const posts = [
      makePost({ title: 'old', date: '2024-05-01' }),
      makePost({ title: 'undated' }),
      makePost({ title: 'new', date: '2026-11-24T10:00:00Z' }),
    ];
    expect(titles(await createConversationWorld({ posts }).ask('/latest'))).toEqual(['new', 'old', 'undated']);
  });

  it('counts a post without a date from its arrival', async () => {
    const posts = [
      makePost({ title: 'dated', date: '2026-11-01' }),
      makePost({ title: 'been here', category: ['A'] }),
      makePost({ title: 'just come', category: ['A'] }),
    ];
    const arrivals = new Map([[posts[2]!.id, new Date('2026-11-20T00:00:00Z')]]);
    expect(titles(await createConversationWorld({ posts, arrivals }).ask('/latest'))).toEqual([
      'just come',
      'dated',
      'been here',
    ]);
  });

  it('does not let a date in the future stay on top', async () => {
    const posts = [
      makePost({ title: 'from 2099', date: '2099-01-01' }),
      makePost({ title: 'real', date: '2026-11-01' }),
    ];
    expect(titles(await createConversationWorld({ posts }).ask('/latest'))).toEqual(['real', 'from 2099']);
  });

  it('takes lists without dates from the foot of each category', async () => {
    const posts = ['A1', 'A2', 'B1', 'B2', 'B3'].map((title) => makePost({ title, category: [title.slice(0, 1)] }));
    expect(titles(await createConversationWorld({ posts }).ask('/latest'))).toEqual(['A2', 'B3', 'A1', 'B2', 'B1']);
  });

  it('has every post on exactly one page', async () => {
    const world = createConversationWorld();
    const seen: string[] = [];
    let page = await world.ask('/latest');
    for (;;) {
      seen.push(...titles(page));
      if (!page.page?.next) break;
      page = await world.turn(page, 'next');
    }
    expect(seen).toHaveLength(16);
    expect(new Set(seen).size).toBe(16);
  });

  it('says so while there are no posts', async () => {
    expect((await createConversationWorld({ posts: [] }).ask('/latest')).text).toContain('no posts here yet');
  });
});

describe('/categories', () => {
  it('shows each category with its count, those beneath it counted in', async () => {
    expect(labels(await createConversationWorld().ask('/categories'))).toEqual([
      '1. 大语言模型（LLM） (12)',
      '2. Pictures (2)',
      '3. Data science (1)',
      '4. Data engineering (1)',
    ]);
  });

  it('opens one in place, from there the ones beneath, and back', async () => {
    const world = createConversationWorld();
    const all = await world.ask('/categories');
    const pictures = await world.press(all, 'Pictures');
    const masks = await world.press(pictures, 'Masks');

    expect(all.actions.flat().every((action) => 'inPlace' in action && action.inPlace)).toBe(true);
    expect(titles(pictures)).toEqual(['Stable Diffusion step by step', 'Segment Anything']);
    expect(titles(masks)).toEqual(['Segment Anything']);
    expect(await world.press(masks, 'Categories')).toEqual(all);
  });

  it('pages when there are many, never beyond what platforms draw', async () => {
    const posts = Array.from({ length: 150 }, (_, at) => makePost({ title: `${at}`, category: [`Field ${at + 1}`] }));
    const world = createConversationWorld({ posts });
    const first = await world.ask('/categories');
    const second = await world.turn(first, 'next');

    expect(labels(first).length).toBeLessThanOrEqual(100);
    expect(labels(second)[0]).toBe('21. Field 21 (1)');
    expect(titles(await world.ask('/category 150'))).toEqual(['149']);
  });

  it('leads to the latest posts where there are no categories', async () => {
    const posts = [makePost({ title: 'alone' })];
    expect(labels(await createConversationWorld({ posts }).ask('/categories'))).toEqual(['Latest posts']);
  });
});

describe('/category', () => {
  it.each([
    ['its name', '/category Data science'],
    ['its name in another case and width', '/category ＤＡＴＡ  SCIENCE'],
    ['its number', '/category 3'],
    ['a part that no other has', '/category scien'],
    ['a Chinese command', '/分类 Data science'],
    ['the other command', '/categories data science'],
  ])('knows a category by %s', async (_, text) => {
    expect(titles(await createConversationWorld().ask(text))).toEqual(['Pandas for the impatient']);
  });

  it.each(['LLM', '大语言模型', '大语言模型(LLM)', 'llm'])('knows 大语言模型（LLM） as %s', async (words) => {
    expect((await createConversationWorld().ask(`/category ${words}`)).text).toBe('大语言模型（LLM）: 12 posts');
  });

  it('asks which one when several fit', async () => {
    const world = createConversationWorld();
    const answer = await world.ask('/category data');

    expect(labels(answer)).toEqual(['Data science', 'Data engineering']);
    expect(titles(await world.press(answer, 'Data engineering'))).toEqual(['Cleaning dirty tables']);
  });

  it('keeps the order of the catalog and shows five a page', async () => {
    const world = createConversationWorld();
    const first = await world.ask('/category LLM');

    expect(titles(await world.turn(first, 'next'))[0]).toBe('LoRA in practice, part 6');
    expect(first.page).toMatchObject({ index: 0, count: 3 });
  });

  it('says so when a category has vanished since its button was drawn', async () => {
    const world = createConversationWorld();
    const first = await world.ask('/category LLM');
    world.publish([makePost({ title: 'new', category: ['Else'] })]);

    expect((await world.turn(first, 'next')).text).toContain('no category “大语言模型（LLM）”');
  });

  it('says how many categories lie beneath that have no button', async () => {
    const posts = Array.from({ length: 35 }, (_, at) => makePost({ title: `${at}`, category: ['All', `Sub ${at}`] }));
    const answer = await createConversationWorld({ posts }).ask('/category All');
    expect(answer.footer).toContain('5 more categories');
    expect(labels(answer)).toContain('Sub 29');
  });

  it('shows a post in each of its categories', async () => {
    const world = createConversationWorld({
      posts: [makePost({ title: 'both', category: ['A'], alsoIn: [['B', 'C']] })],
    });
    expect(titles(await world.ask('/category A'))).toEqual(['both']);
    expect(titles(await world.ask('/category B'))).toEqual(['both']);
    expect(titles(await world.ask('/category C'))).toEqual(['both']);
  });
});
