import fc from 'fast-check';
import { postPayload, readStartPayload, startPayload } from '../../../src/channels/telegram/deep-link.ts';
import { commandNames } from '../../../src/message/command.ts';
import { createMemoryActions } from '../../support/telegram/memory-actions.ts';
import { samplePosts } from '../../support/telegram/sample-posts.ts';
import {
  createTelegramWorld,
  eventually,
  type TelegramWorld,
  type TelegramWorldOptions,
} from '../../support/telegram/telegram-world.ts';
import { groupOwner } from '../../support/telegram/world.ts';

const reader = 41;
const worlds: TelegramWorld[] = [];

async function open(posts = samplePosts, options: TelegramWorldOptions = {}): Promise<TelegramWorld> {
  const world = await createTelegramWorld({ posts, ...options });
  worlds.push(world);
  return world;
}

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

interface Article {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly thumbnail_url?: string;
  readonly input_message_content: {
    readonly message_text: string;
    readonly link_preview_options: { readonly url?: string };
  };
  readonly reply_markup: { readonly inline_keyboard: readonly { readonly text: string; readonly url: string }[][] };
}

async function inline(world: TelegramWorld, query: string, offset = '') {
  const { id } = world.server.inlineQuery(reader, query, offset);
  await eventually(() => expect(world.server.answerOfInlineQuery(id)).toBeDefined());
  const answer = world.server.answerOfInlineQuery(id);
  return { ...answer, results: answer?.results as Article[], next: String(answer?.next_offset ?? '') };
}

describe('inline mode', () => {
  it('offers cards page by page, until there are no more', async () => {
    const world = await open();
    const titles: string[] = [];
    let offset = '';
    do {
      const { results, next } = await inline(world, 'LoRA', offset);
      titles.push(...results.map(({ title }) => title));
      offset = next;
    } while (offset !== '');
    expect(titles).toHaveLength(12);
    expect(new Set(titles).size).toBe(12);
  });

  it('offers the same pages to all who ask the same, whatever they chose for their chats', async () => {
    const world = await open();
    world.server.say(reader, '/settings results 3');
    await world.server.next(reader);
    expect((await inline(world, 'LoRA')).results).toHaveLength(10);
  });

  it('offers the latest posts while nothing is typed', async () => {
    const { results } = await inline(await open(), '');
    expect(results.length).toBeGreaterThan(0);
  });

  it('sends a card that stands by itself and leads to its post in the bot', async () => {
    const world = await open();
    const { results } = await inline(world, 'Agents');
    const [first] = results;
    expect(first?.description).toContain('Agents');
    expect(first?.input_message_content.message_text).toContain('https://blog.example/posts/');
    const url = first?.reply_markup.inline_keyboard[0]?.[0]?.url ?? '';
    const payload = new URL(url).searchParams.get('start');
    world.server.say(reader, `/start ${payload}`);
    expect((await world.server.next(reader)).message.text).toContain(first?.title);
  });

  it('shows a picture beside each card, and none that would fail the whole answer', async () => {
    const large = 'https://postbell.example/covers/large.jpg';
    const thumbnails = async (square: string) => {
      const world = await open(samplePosts, { coverOf: () => large, thumbnailOf: () => square });
      const { results } = await inline(world, 'Agents');
      expect(results.map(({ input_message_content: content }) => content.link_preview_options.url)).toContain(large);
      return results.map((result) => result.thumbnail_url);
    };
    const square = 'https://postbell.example/covers/square.jpg';
    expect(await thumbnails(square)).toEqual([square, square, square]);
    expect(await thumbnails('http://localhost:8080/square.jpg')).toEqual([undefined, undefined, undefined]);
  });

  it('offers a search in the bot where nothing is found', async () => {
    const world = await open([]);
    const answer = await inline(world, '什么都没有');
    expect(answer).toMatchObject({ results: [], is_personal: true });
    const { start_parameter: payload } = (answer as { button?: { start_parameter?: string } }).button ?? {};
    world.server.say(reader, `/start ${payload}`);
    expect((await world.server.next(reader)).message.text).toContain('什么都没有');
  });

  it('answers only the last query of somebody who types on', async () => {
    const world = await open();
    const ids = ['L', 'Lo', 'LoR', 'LoRA'].map((query) => world.server.inlineQuery(reader, query).id);
    await eventually(() => expect(world.server.answerOfInlineQuery(ids[3] ?? '')).toBeDefined());
    expect(ids.slice(0, 3).map(world.server.answerOfInlineQuery)).toEqual([undefined, undefined, undefined]);
  });
});

describe('links that start a chat', () => {
  it('fit into 64 characters and lead back to their command', async () => {
    const linkable = commandNames.filter((name) => ['search', 'category', 'subscribe', 'related'].includes(name));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...linkable),
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.nat(99),
        async (name, argument, page) => {
          const actions = createMemoryActions();
          const payload = await startPayload({ name, argument, page }, actions);
          expect(payload).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
          expect(await readStartPayload(payload, actions)).toEqual({ name, argument, page });
        },
      ),
    );
  });

  it('open a post by its id', async () => {
    expect(await readStartPayload(postPayload('post3') ?? '', createMemoryActions())).toEqual({
      name: 'post',
      argument: 'post3',
      page: 0,
    });
    expect(postPayload('x'.repeat(64))).toBeUndefined();
    expect(postPayload('not safe')).toBeUndefined();
  });

  it.each([
    ['a category', { name: 'category', argument: 'Agents', page: 0 }, 'Agents <and> tools'],
    ['a query', { name: 'search', argument: '微调 第 12 讲', page: 0 }, '“微调 第 12 讲”'],
    ['a query too long for a link', { name: 'search', argument: '微调'.repeat(40), page: 0 }, '微调微调'],
    ['a subscription', { name: 'subscribe', argument: 'LoRA', page: 0 }, 'LoRA'],
  ] as const)('lead to %s, from outside and in a group', async (_what, command, words) => {
    const world = await open();
    const group = -1_001;
    world.server.addGroup(group);
    const payload = await startPayload(command, world.actions);
    for (const [chat, text] of [
      [reader, `/start ${payload}`],
      [group, `/start@PostbellTestBot ${payload}`],
    ] as const) {
      world.server.say(chat, text, chat === group ? { from: groupOwner } : {});
      expect((await world.server.next(chat)).message.text).toContain(words);
      const subscriber = await world.book.find({ channel: 'telegram', chat: String(chat) });
      expect(subscriber?.subscriptions).toEqual(
        command.name === 'subscribe' ? [{ kind: 'query', query: 'LoRA' }] : undefined,
      );
    }
  });

  it.each(['forget', 'unsubscribe'] as const)('never do "%s"', async (name) => {
    const actions = createMemoryActions();
    expect(
      await readStartPayload(await startPayload({ name, argument: '', page: 0 }, actions), actions),
    ).toBeUndefined();
  });

  it.each(['x', 'c', 'cAAAA', 't', 'tnone', '_'])('with the payload "%s" just greet', async (payload) => {
    const world = await open();
    world.server.say(reader, `/start ${payload}`);
    expect((await world.server.next(reader)).message.text).toContain('15');
  });
});

describe('cards', () => {
  it('are opened by their numbers', async () => {
    const world = await open();
    world.server.say(reader, 'LoRA');
    const list = (await world.server.next(reader)).message;
    expect(list.keyboard[0]?.map(({ text }) => text)).toEqual(['1', '2', '3', '4', '5']);
    world.server.press(list, '2');
    const opened = await world.server.next(reader);
    expect(opened.kind).toBe('sent');
    expect(opened.message.entities.find(({ type }) => type === 'text_link')?.url).toBe(
      'https://blog.example/posts/1?a=1&b=2',
    );
    expect(opened.message.preview).toMatchObject({
      url: 'https://blog.example/posts/1?a=1&b=2',
      prefer_large_media: true,
    });
  });

  it('show the picture of the post large above the text, else a drawn one, else the preview of the article', async () => {
    const [post] = samplePosts;
    if (!post) throw new Error('there are no sample posts');
    const drawn = 'https://postbell.example/covers/one.jpg';
    const own = 'https://blog.example/own.png';
    const previewFor = async (image: string | undefined, cover: string | undefined) => {
      const world = await open([{ ...post, ...(image && { image }) }], { coverOf: () => cover });
      world.server.say(reader, '/random');
      return (await world.server.next(reader)).message.preview;
    };
    const above = { prefer_large_media: true, show_above_text: true };
    expect(await previewFor(own, drawn)).toEqual({ url: own, ...above });
    expect(await previewFor(undefined, drawn)).toEqual({ url: drawn, ...above });
    expect(await previewFor(undefined, undefined)).toEqual({ url: post.url, ...above, show_above_text: false });
    // Nobody outside could load it.
    expect(await previewFor(undefined, 'http://localhost:8080/covers/one.jpg')).toMatchObject({ url: post.url });
  });

  it('that stand alone can be passed on by a link into the bot', async () => {
    const world = await open();
    world.server.say(reader, '/random');
    const { message } = await world.server.next(reader);
    const share = message.keyboard.flat().find(({ url }) => url?.startsWith('https://t.me/share/url'));
    const link = new URL(share?.url ?? '').searchParams.get('url') ?? '';
    expect(link).toMatch(/^https:\/\/t\.me\/PostbellTestBot\?start=ppost\d+$/);
  });
});
