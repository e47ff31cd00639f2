import fc from 'fast-check';
import { createMiniApp } from '../../../src/channels/telegram/mini-app.ts';
import type { Command } from '../../../src/message/command.ts';
import { startingPlace } from '../../../src/web/app/starting-place.ts';
import { makePost } from '../../support/make-post.ts';
import { answerTo, closeWorlds, openWorld } from '../../support/telegram/open-world.ts';
import { samplePosts } from '../../support/telegram/sample-posts.ts';
import { eventually, type TelegramWorld } from '../../support/telegram/telegram-world.ts';
import { type BotMessage, groupMember } from '../../support/telegram/world.ts';

const publicUrl = 'https://postbell.example';
const group = -1_001;
const english = 52;

afterEach(closeWorlds);

/** The labels of the buttons that open the Mini App, and where they open it. */
const openers = ({ keyboard }: BotMessage) =>
  keyboard
    .flat()
    .flatMap(({ text, app, url }) =>
      app !== undefined ? [[text, app]] : url?.includes('startapp=') ? [[text, url]] : [],
    );

/** Where a link of the form `t.me/BOT?startapp=…` opens the app. */
const placeOf = (link: string) =>
  startingPlace(new URLSearchParams(), new URL(link).searchParams.get('startapp') ?? '');

describe('in a private chat', () => {
  it('a list of more than a page can be seen as a whole in the Mini App, in the language of the reader', async () => {
    const world = await openWorld({ publicUrl });
    world.server.addUser({ id: english, language_code: 'en' });
    expect(openers(await answerTo(world, 'LoRA 微调'))).toEqual([
      ['在小程序里看全部 12 篇', `${publicUrl}/app?q=LoRA+%E5%BE%AE%E8%B0%83`],
    ]);
    expect(openers(await answerTo(world, 'LoRA', english))).toEqual([['All 12 in the app', `${publicUrl}/app?q=LoRA`]]);
    expect(openers(await answerTo(world, '/category 大模型 LLM', english))).toEqual([
      ['All 12 in the app', `${publicUrl}/app?category=%E5%A4%A7%E6%A8%A1%E5%9E%8B+LLM`],
    ]);
    expect(openers(await answerTo(world, '/latest', english))).toEqual([['All 15 in the app', `${publicUrl}/app`]]);
  });

  it('the button stays as pages are turned', async () => {
    const world = await openWorld({ publicUrl });
    const first = await answerTo(world, 'LoRA');
    world.server.press(first, '›');
    const { message } = await world.server.next(41);
    expect(openers(message)).toEqual(openers(first));
  });

  it('a list of one page needs no other place', async () => {
    const world = await openWorld({ publicUrl });
    expect(openers(await answerTo(world, 'Agents'))).toEqual([]);
  });

  it('the relatives of a post are below it in the Mini App', async () => {
    const alike = ['Docker volumes', 'Docker volumes in practice'].map((title, at) =>
      makePost({ id: `d${at}`, title }),
    );
    const world = await openWorld({ publicUrl, posts: [...samplePosts, ...alike] });
    expect(openers(await answerTo(world, '/related d0'))).toEqual([['在小程序里打开', `${publicUrl}/app?post=d0`]]);
  });

  it.each([undefined, 'http://localhost:8080'])('nothing opens it where the address is %s', async (address) => {
    const world = await openWorld({ hasMainApp: true, ...(address !== undefined && { publicUrl: address }) });
    expect(openers(await answerTo(world, 'LoRA'))).toEqual([]);
  });
});

describe('in a group', () => {
  const ask = async (world: TelegramWorld, text: string) => {
    world.server.addGroup(group);
    world.server.say(group, text, { from: groupMember });
    return (await world.server.next(group)).message;
  };

  it('a link leads to the same, once the Mini App is the main one of the bot', async () => {
    const world = await openWorld({ publicUrl, hasMainApp: true });
    const [[label = '', link = ''] = []] = openers(await ask(world, '/search LoRA 微调'));
    expect(label).toBe('在小程序里看全部 12 篇');
    expect(link).toMatch(/^https:\/\/t\.me\/PostbellTestBot\?startapp=[\w-]{1,512}$/);
    expect(placeOf(link)).toEqual({ query: 'LoRA 微调' });
  });

  it('there is no link while it is not, since Telegram would open nothing', async () => {
    const world = await openWorld({ publicUrl });
    expect(openers(await ask(world, '/search LoRA'))).toEqual([]);
  });
});

describe('a card sent by inline mode', () => {
  const buttons = async (hasMainApp: boolean) => {
    const world = await openWorld({ publicUrl, hasMainApp });
    const { id } = world.server.inlineQuery(41, 'Agents');
    await eventually(() => expect(world.server.answerOfInlineQuery(id)).toBeDefined());
    const { results } = world.server.answerOfInlineQuery(id) as {
      results: { reply_markup: { inline_keyboard: { text: string; url: string }[][] } }[];
    };
    return results[0]?.reply_markup.inline_keyboard.flat() ?? [];
  };

  it('leads to its post and the relatives in the Mini App', async () => {
    const [, opener] = await buttons(true);
    expect(opener?.text).toBe('在小程序里打开');
    const { post } = placeOf(opener?.url ?? '');
    expect(samplePosts.find(({ id }) => id === post)?.title).toContain('Agents');
  });

  it('leads into the bot alone where there is none', async () => {
    expect((await buttons(false)).map(({ text }) => text)).toEqual(['@PostbellTestBot']);
  });
});

it('both ways in open the same place, whatever it is called', () => {
  const { inPrivate, elsewhere } = createMiniApp(publicUrl, { username: 'Bot', hasMainApp: true });
  const url = (opener: ReturnType<typeof inPrivate>) =>
    opener && 'web_app' in opener ? opener.web_app.url : (opener?.url ?? '');
  const named = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== '');
  const commands: fc.Arbitrary<Command> = fc.record({
    name: fc.constantFrom('search', 'category', 'series', 'post'),
    argument: named,
    page: fc.constant(0),
  });
  fc.assert(
    fc.property(commands, (command) => {
      const address = startingPlace(new URL(url(inPrivate(command))).searchParams, '');
      expect(Object.values(address)).toEqual([command.argument.trim()]);
      const link = url(elsewhere(command));
      // What is too long for a link has no button in groups; it is never cut to something else.
      if (link !== '') expect(placeOf(link)).toEqual(address);
    }),
  );
});

it('nothing but lists and posts is shown there', () => {
  const { inPrivate, elsewhere } = createMiniApp(publicUrl, { username: 'Bot', hasMainApp: true });
  const command: Command = { name: 'forget', argument: '', page: 0 };
  expect([inPrivate(command), elsewhere(command)]).toEqual([undefined, undefined]);
});
