import { articlesOf, type PassiveAnswer, textOf } from '../../support/wechat/passive-answer.ts';
import { samplePosts } from '../../support/wechat/sample-posts.ts';
import { createWechatWorld, type WechatWorld } from '../../support/wechat/wechat-world.ts';

const reader = 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M';

let world: WechatWorld;
beforeEach(async () => {
  world = await createWechatWorld({ posts: samplePosts });
});
afterEach(() => world.close());

const say = (text: string) => world.account.text(reader, text);
const subscriptions = async () =>
  (await world.store.book.find({ channel: 'wechat', chat: reader }))?.subscriptions ?? [];

describe('a follow', () => {
  it('is greeted with how to use it and the latest posts', async () => {
    const text = textOf(await world.account.follow(reader));
    expect(text).toContain('14 篇');
    expect(text).toContain('直接发关键词');
    expect(text).toContain('1. <a href=');
  });

  it.each([
    ['post_sam', 'Segment Anything'],
    ['category_图像', 'Mask 三种'],
    ['search_LoRA', 'LoRA 实践（1）'],
  ])('by a code with the scene %s leads there', async (scene, expected) => {
    expect(textOf(await world.account.follow(reader, scene))).toContain(expected);
  });

  it('offers nothing twice, and each number does what it stands before', async () => {
    const text = textOf(await world.account.follow(reader, 'post_none'));
    const choices = [...text.matchAll(/^(\d+)\. (.+)$/gm)].map(([, , label]) => label);
    expect(choices.length).toBeGreaterThan(1);
    expect(new Set(choices).size).toBe(choices.length);
    const subscribing = choices.findIndex((label) => label?.includes('订阅'));
    await say(String(subscribing + 1));
    expect(await subscriptions()).toEqual([{ kind: 'everything' }]);
  });

  it('by a code of before Postbell is greeted as any other', async () => {
    expect(textOf(await world.account.follow(reader, '123123'))).toContain('14 篇');
  });

  it('that ends is told by WeChat more than once, and in one second with others', async () => {
    await say('订阅');
    const ended = world.account.event(reader, 'unsubscribe', { EventKey: '' });
    for (const event of [ended, ended, world.account.event(reader, 'LOCATION', { Latitude: '1', Longitude: '2' })])
      expect(await world.account.deliver(event)).toEqual({ kind: 'none' });
    expect(await world.store.book.find({ channel: 'wechat', chat: reader })).toMatchObject({
      state: 'suspended',
      subscriptions: [{ kind: 'everything' }],
    });
  });

  it('after an unfollow brings the subscriptions back', async () => {
    const state = async () => (await world.store.book.find({ channel: 'wechat', chat: reader }))?.state;
    await say('订阅');
    expect(await world.account.unfollow(reader)).toEqual({ kind: 'none' });
    expect(await state()).toBe('suspended');
    await world.account.follow(reader);
    expect(await state()).toBe('active');
    expect(await subscriptions()).toEqual([{ kind: 'everything' }]);
  });
});

describe('a tap on the menu', () => {
  it('for the latest posts shows up to 8 article cards', async () => {
    expect(articlesOf(await world.account.click(reader, '最新'))).toHaveLength(8);
  });

  it('has pictures as they are shown: the first under its title, the others small beside theirs', async () => {
    await world.close();
    const coverOf = ({ postId }: { postId: string }, place: string) => `https://bot.example/${postId}-${place}.jpg`;
    world = await createWechatWorld({ posts: samplePosts, channel: { coverOf } });
    const places = (answer: PassiveAnswer) =>
      articlesOf(answer).map(({ picture }) => /-(\w+)\.jpg$/.exec(picture)?.[1]);
    expect(places(await world.account.click(reader, '最新'))).toEqual(['head', ...Array(7).fill('row')]);
    expect(places(await say('Segment'))).toEqual(['alone']);
  });

  it('leaves a list behind whose numbers and pages work', async () => {
    const articles = articlesOf(await world.account.click(reader, '最新'));
    expect(articlesOf(await say('8'))[0]?.title).toBe(articles[7]?.title);
    expect(textOf(await say('n'))).toContain('6. ');
  });

  it('means what its key says when typed', async () => {
    expect(articlesOf(await world.account.click(reader, 'Segment'))[0]?.title).toBe('Segment Anything');
    expect(textOf(await world.account.click(reader, '分类'))).toContain('2. 图像');
  });
});

describe('a scan by a follower', () => {
  it('shows where the code leads, as cards', async () => {
    const answer = await world.account.deliver(
      world.account.event(reader, 'SCAN', { EventKey: 'category_图像', Ticket: 't' }),
    );
    expect(articlesOf(answer).map(({ title }) => title)).toEqual(['Segment Anything', 'Mask 三种']);
  });
});

it.each(['VIEW', 'LOCATION', 'view_miniprogram', 'MASSSENDJOBFINISH', 'something_new'])(
  'the event %s gets no answer',
  async (event) => {
    expect(await world.account.deliver(world.account.event(reader, event, { EventKey: 'https://x.example' }))).toEqual({
      kind: 'none',
    });
  },
);
