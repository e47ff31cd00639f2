import { cardOf } from '../../../src/conversation/card-of.ts';
import { makePost } from '../../support/make-post.ts';
import { articlesOf, textOf } from '../../support/wechat/passive-answer.ts';
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

describe('a reader who types a keyword', () => {
  it('gets one clear hit as an article card', async () => {
    expect(articlesOf(await say('Segment'))).toEqual([
      {
        title: 'Segment Anything',
        description: expect.stringContaining('点一下，分割一切。'),
        picture: 'https://blog.example/sam.jpg',
        url: 'https://mp.weixin.qq.com/s/sam',
      },
    ]);
  });

  it('reads on the card what the post is about, and nothing that only introduces it', async () => {
    for (const words of ['Segment', '搜索 Segment']) {
      const [card] = articlesOf(await say(words));
      expect(card?.description).toMatch(/^点一下，分割一切。\n图像$/u);
    }
  });

  it('reads on the card that nothing answers exactly, before what comes near', async () => {
    const nearest = '没有正好讲“分割”的，这些比较接近：';
    const only = cardOf(makePost({ title: 'Segment Anything', summary: '点一下，分割一切。' }));
    const other = await createWechatWorld({
      posts: samplePosts,
      between: () => ({ answer: async () => ({ text: nearest, cards: [only], actions: [] }) }),
    });
    const [card] = articlesOf(await other.account.text(reader, '分割'));
    expect(card?.description).toMatch(new RegExp(`^${nearest}\n点一下`, 'u'));
    await other.close();
  });

  it('gets several hits as a numbered list of links, with addresses as they are', async () => {
    const text = textOf(await say('LoRA'));
    expect(text).toContain('1. <a href="https://mp.weixin.qq.com/s?__biz=abc&mid=1">LoRA 实践（1）</a>');
    expect(text).toContain('5. <a href="https://mp.weixin.qq.com/s?__biz=abc&mid=5">LoRA 实践（5）</a>');
    expect(text).not.toContain('6. ');
    expect(text).toContain('1/3');
  });

  it('opens what stands at a number, also in full width and after another card', async () => {
    await say('LoRA');
    expect(articlesOf(await say('3'))[0]?.title).toBe('LoRA 实践（3）');
    expect(articlesOf(await say('５'))[0]?.title).toBe('LoRA 实践（5）');
  });

  it.each(['n', 'N', '下一页'])('turns the page with %s, and numbers go on', async (word) => {
    await say('LoRA');
    expect(textOf(await say(word))).toContain('6. <a href="https://mp.weixin.qq.com/s?__biz=abc&mid=6">');
    expect(articlesOf(await say('7'))[0]?.title).toBe('LoRA 实践（7）');
    expect(articlesOf(await say('2'))[0]?.title).toBe('LoRA 实践（2）');
    expect(textOf(await say('上一页'))).toContain('1. <a href="https://mp.weixin.qq.com/s?__biz=abc&mid=1">');
  });

  it('is told where there is no further page', async () => {
    await say('LoRA');
    await say('n');
    await say('n');
    expect(textOf(await say('n'))).toContain('没有别的页');
  });

  it('searches for a number that stands nowhere', async () => {
    expect(textOf(await say('77'))).toContain('“77”');
  });

  it('gets titles and addresses in cards as they are, and none that cannot be opened', async () => {
    await world.close();
    const address = 'https://mp.weixin.qq.com/s?__biz=a&mid=1&sn=<"x">';
    world = await createWechatWorld({
      posts: [
        makePost({ title: 'Brackets a]]>b & <c>', url: address }),
        makePost({ title: 'Script', url: 'javascript:alert(1)' }),
      ],
    });
    const [card] = articlesOf(await say('brackets'));
    expect(card?.title).toBe('Brackets a]]>b & <c>');
    expect(card?.url).toBe('https://mp.weixin.qq.com/s?__biz=a&mid=1&sn=%3C%22x%22%3E');
    const { body } = await world.account.deliverRaw(world.account.message(reader, 'text', { Content: 'script' }));
    expect(body).toContain('<Title><![CDATA[Script]]></Title>');
    expect(body).not.toContain('<Url>');
  });

  it('reaches an article whatever the length of its address: the list leaves it out, the card has it', async () => {
    await world.close();
    const addresses = [1, 2].map((at) => `https://blog.example/${at}?from=${'x'.repeat(900)}`);
    world = await createWechatWorld({ posts: addresses.map((url, at) => makePost({ title: `Long ${at}`, url })) });
    expect(textOf(await say('long'))).toContain('2. Long');
    const opened = [articlesOf(await say('1')), articlesOf(await say('2'))].flat();
    expect(opened.map(({ url }) => url).toSorted()).toEqual(addresses);
    expect(opened.map(({ description }) => description)).toEqual(['blog.example', 'blog.example']);
  });

  it('gets an answer that fits, whatever the titles', async () => {
    await world.close();
    const long = Array.from({ length: 9 }, (_, at) =>
      makePost({
        title: `LoRA <a href="https://evil.example">${'很长的标题 😀'.repeat(30)}</a> ]]> ${at}`,
        url: `https://blog.example/${at}?q="><script>&amp=${'x'.repeat(at * 120)}`,
        summary: 'x]]>y<b>z</b>'.repeat(100),
        category: ['<分类>'.repeat(30)],
      }),
    );
    world = await createWechatWorld({ posts: long });
    const text = textOf(await say('LoRA'));
    expect(text.match(/^\d+\. /gm)).toEqual(['1. ', '2. ', '3. ', '4. ', '5. ']);
    expect(text).not.toContain('<a href="https://evil');
  });
});

describe('a Chinese word without a slash', () => {
  it.each([
    ['最新', '最新文章'],
    ['分类', '一共 2 个分类'],
    ['分类 2', '图像'],
    ['搜索 掩码', '掩码'],
    ['帮助', '搜索'],
    ['我的订阅', '订阅'],
    ['设置', '每页'],
    ['/help', '搜索'],
    ['/latest', '最新文章'],
  ])('%s is a command', async (words, expected) => {
    expect(JSON.stringify(await say(words))).toContain(expected);
  });

  it('lists categories by number, and a number opens one', async () => {
    expect(textOf(await say('分类'))).toContain('2. 图像');
    const text = textOf(await say('2'));
    expect(text).toContain('Segment Anything');
    expect(text).toContain('Mask 三种');
  });

  it('names subscriptions by marks: numbers are for what can be chosen', async () => {
    await say('订阅 微调');
    await say('订阅 图像');
    const text = textOf(await say('我的订阅'));
    const numbered = [...text.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number, label]) => [Number(number), label]);
    expect(numbered.map(([number]) => number)).toEqual(numbered.map((_, at) => at + 1));
    expect(text).toMatch(/^· .*微调/m);
    const drop = numbered.find(([, label]) => String(label).includes('微调'));
    await say(String(drop?.[0]));
    expect(await subscriptions()).toEqual([{ kind: 'category', category: '图像' }]);
  });

  it('subscribes, narrows and unsubscribes', async () => {
    await say('订阅');
    expect(await subscriptions()).toEqual([{ kind: 'everything' }]);
    await say('退订');
    expect(await subscriptions()).toEqual([]);
    await say('订阅 微调');
    expect(await subscriptions()).toEqual([{ kind: 'query', query: '微调' }]);
    await say('订阅 图像');
    expect(await subscriptions()).toContainEqual({ kind: 'category', category: '图像' });
  });
});

describe('what is not typed', () => {
  const voice = (fields: Record<string, string>) =>
    world.account.deliver(world.account.message(reader, 'voice', { MediaId: 'm', Format: 'amr', ...fields }));

  it('but spoken is searched for by its words', async () => {
    expect(articlesOf(await voice({ Recognition: 'Segment。' }))[0]?.title).toBe('Segment Anything');
  });

  it('but spoken without words gets a hint', async () => {
    expect(textOf(await voice({ Recognition: '' }))).toContain('语音');
    expect(textOf(await voice({}))).toContain('语音');
  });

  it.each([
    ['image', { PicUrl: 'https://mmbiz.example/p', MediaId: 'm' }],
    ['video', { MediaId: 'm', ThumbMediaId: 't' }],
    ['shortvideo', { MediaId: 'm', ThumbMediaId: 't' }],
    ['location', { Location_X: '23.1', Location_Y: '113.3', Scale: '20', Label: '某处' }],
    ['file', { Title: 'a.pdf' }],
    ['text', { Content: '【收到不支持的消息类型，暂无法显示】' }],
  ])('such as %s gets a friendly hint', async (type, fields) => {
    expect(textOf(await world.account.deliver(world.account.message(reader, type, fields)))).toContain('关键词');
  });

  const link = (fields: Record<string, string>) =>
    world.account.deliver(world.account.message(reader, 'link', { Description: '', ...fields }));

  it('but a shared article of the catalog gets its card and its relatives', async () => {
    const text = textOf(await link({ Title: 'Segment Anything', Url: 'https://mp.weixin.qq.com/s/sam' }));
    expect(text).toContain('1. <a href="https://mp.weixin.qq.com/s/sam">Segment Anything</a>');
    expect(text).toContain('Mask 三种');
  });

  it('but a shared article of a series leads on to its neighbours by numbers: nobody types an id', async () => {
    await world.close();
    const series = ['CLIP', 'BLIP', 'CoCa'].map((title, at) =>
      makePost({
        title,
        url: `https://mp.weixin.qq.com/s/${title}`,
        category: ['图像'],
        series: { name: '串讲', place: at + 1 },
      }),
    );
    world = await createWechatWorld({ posts: [...series, ...samplePosts] });
    const text = textOf(await link({ Title: 'BLIP', Url: 'https://mp.weixin.qq.com/s/BLIP' }));
    for (const { id } of series) expect(text).not.toContain(id);
    for (const neighbour of ['‹ CLIP', 'CoCa ›']) {
      const rank = new RegExp(`^(\\d+)\\. ${neighbour}$`, 'm').exec(text)?.[1] ?? '';
      expect(articlesOf(await say(rank))[0]?.title).toBe(/\w+/.exec(neighbour)?.[0]);
    }
  });

  it('but a shared article of others is searched for by its title', async () => {
    const answer = await link({ Title: 'Segment Anything', Url: 'https://elsewhere.example/sam' });
    expect(articlesOf(answer)[0]?.url).toBe('https://mp.weixin.qq.com/s/sam');
  });
});

it('/forget deletes all that is kept, the last list included', async () => {
  await say('订阅');
  await say('分类 图像');
  expect(textOf(await say('隐私'))).toContain('最近看的那份列表');
  await say('忘记我');
  expect(await world.store.book.find({ channel: 'wechat', chat: reader })).toBeUndefined();
  // The second of its list was another post: this one is what a search for the number finds.
  expect(articlesOf(await say('2'))[0]?.title).toBe('LoRA 实践（2）');
});

it('a number means nothing any more after two days', async () => {
  await say('分类 图像');
  await world.clock.advance(48 * 3_600_000 + 1);
  // The second of its list was another post: this one is what a search for the number finds.
  expect(articlesOf(await say('2'))[0]?.title).toBe('LoRA 实践（2）');
});

describe('with menu links', () => {
  it('choices are links that send their word', async () => {
    await world.close();
    world = await createWechatWorld({ posts: samplePosts, channel: { sendingLinks: true } });
    expect(textOf(await say('LoRA'))).toContain('<a href="weixin://bizmsgmenu?msgmenucontent=订阅 LoRA&msgmenuid=1">');
    const tapped = world.account.message(reader, 'text', { Content: '订阅 LoRA', bizmsgmenuid: '1' });
    await world.account.deliver(tapped);
    expect(await subscriptions()).toEqual([{ kind: 'query', query: 'LoRA' }]);
  });
});
