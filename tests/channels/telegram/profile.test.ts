import { answerTo, closeWorlds, openWorld } from '../../support/telegram/open-world.ts';
import { eventually, type TelegramWorld } from '../../support/telegram/telegram-world.ts';

const group = -1_001_234_567_890;

afterEach(closeWorlds);

describe('the profile', () => {
  it('lists the commands in both languages, and is not looked at again at the next start', async () => {
    const world = await openWorld();
    await eventually(async () =>
      expect(await world.values.get(`telegram.descriptions.${world.server.bot.id}`)).toBeDefined(),
    );
    const calls = world.server.calls.length;
    await world.restart();
    await answerTo(world, '/start');
    await world.stop();
    const scopes = world.server
      .callsOf('setMyCommands')
      .map(
        ({ parameters }) => `${(parameters.scope as { type: string }).type} ${parameters.language_code ?? 'others'}`,
      );
    expect(scopes.sort()).toEqual(
      ['all_chat_administrators', 'all_group_chats', 'default'].flatMap((scope) => [
        `${scope} en`,
        `${scope} others`,
        `${scope} zh`,
      ]),
    );
    const later = world.server.calls.slice(calls).map(({ method }) => method);
    expect(later.filter((method) => /^[gs]etMy/.test(method))).toEqual([]);
  });

  it('sets a list only where another one is there', async () => {
    const world = await openWorld();
    const known = `telegram.commands.${world.server.bot.id}`;
    await eventually(async () => expect(await world.values.get(known)).toBeDefined());
    const first = world.server.callsOf('setMyCommands');
    const others = first.find(({ parameters }) => parameters.language_code === 'en')?.parameters;
    const body = JSON.stringify({ ...others, commands: [{ command: 'other', description: 'Somebody else’s' }] });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${world.server.url}/bot${world.server.token}/setMyCommands`, { method: 'POST', headers, body });
    await world.values.remove(known);
    await world.restart();
    await eventually(async () => expect(await world.values.get(known)).toBeDefined());
    const later = world.server.callsOf('setMyCommands').slice(first.length + 1);
    expect(later.map(({ parameters }) => parameters)).toEqual([others]);
  });

  it('offers subscriptions in groups to administrators only, and personal matters in private only', async () => {
    const world = await openWorld();
    await eventually(() => expect(world.server.callsOf('setMyCommands')).toHaveLength(9));
    const namesFor = (scope: string) =>
      world.server
        .callsOf('setMyCommands')
        .filter(
          ({ parameters }) => JSON.stringify(parameters.scope).includes(scope) && parameters.language_code === 'en',
        )
        .flatMap(({ parameters }) => (parameters.commands as { command: string }[]).map(({ command }) => command));
    expect(namesFor('default')).toEqual(expect.arrayContaining(['search', 'subscribe', 'forget']));
    expect(namesFor('all_group_chats')).toEqual(expect.arrayContaining(['search', 'latest']));
    expect(namesFor('all_group_chats')).not.toEqual(expect.arrayContaining(['subscribe']));
    expect(namesFor('all_chat_administrators')).toEqual(expect.arrayContaining(['search', 'subscribe']));
    expect(namesFor('all_chat_administrators')).not.toEqual(expect.arrayContaining(['forget']));
  });

  it('leaves a description of the bot alone that somebody has written', async () => {
    const world = await openWorld();
    await eventually(async () =>
      expect(await world.values.get(`telegram.descriptions.${world.server.bot.id}`)).toBeDefined(),
    );
    const described = () => world.server.callsOf('setMyDescription').map(({ parameters }) => parameters.language_code);
    expect(described()).toEqual(['en', 'zh', undefined]);
    await world.values.remove(`telegram.descriptions.${world.server.bot.id}`);
    await world.restart();
    await eventually(async () =>
      expect(await world.values.get(`telegram.descriptions.${world.server.bot.id}`)).toBeDefined(),
    );
    expect(described()).toHaveLength(3);
  });

  describe('of admins', () => {
    const admin = 77;
    const listOf = (world: TelegramWorld, chat: number, type = 'chat') =>
      world.server
        .callsOf('setMyCommands')
        .filter(
          ({ parameters }) =>
            JSON.stringify(parameters.scope) === JSON.stringify({ type, chat_id: chat }) &&
            parameters.language_code === undefined,
        )
        .map(({ parameters }) => (parameters.commands as { command: string }[]).map(({ command }) => command));

    it('lists their commands in their chats, and in nobody else’s', async () => {
      const world = await openWorld({ admins: [String(admin), String(group)] });
      await world.stop();
      await answerToStart(world, admin);
      await eventually(() => expect(listOf(world, admin).flat()).toEqual(expect.arrayContaining(['search', 'stats'])));
      await eventually(() =>
        expect(listOf(world, group, 'chat_administrators').flat()).toEqual(expect.arrayContaining(['search', 'stats'])),
      );
      expect(listOf(world, group, 'chat_administrators').flat()).not.toContain('forget');
      const forOthers = world.server
        .callsOf('setMyCommands')
        .filter(({ parameters }) => !JSON.stringify(parameters.scope).includes('chat_id'));
      expect(JSON.stringify(forOthers)).not.toMatch(/"(?:stats|announce|reload|broadcast)"/);
    });

    async function answerToStart(world: TelegramWorld, chat: number) {
      world.server.addGroup(group);
      world.server.say(chat, '/start');
      await world.start();
      await world.server.next(chat);
    }

    it('waits for one whose chat there is not yet, and does not keep the others from theirs', async () => {
      const world = await openWorld({ admins: ['78', String(admin)] });
      await world.stop();
      await answerToStart(world, admin);
      await eventually(() => expect(listOf(world, admin)).toHaveLength(1));
      world.server.say(78, '/start');
      await world.server.next(78);
      await world.restart();
      await eventually(() => expect(listOf(world, 78).at(-1)).toEqual(expect.arrayContaining(['stats'])));
    });

    it('takes them from one who is no admin any more', async () => {
      const world = await openWorld({ admins: [String(admin)] });
      await world.stop();
      await answerToStart(world, admin);
      await eventually(() => expect(listOf(world, admin)).toHaveLength(1));
      await world.restart({ admins: [] });
      await eventually(() => expect(world.server.callsOf('deleteMyCommands')).toHaveLength(3));
    });
  });

  describe('with its menu button', () => {
    const settled = (world: TelegramWorld) =>
      eventually(async () =>
        expect(await world.values.get(`telegram.menu-button.${world.server.bot.id}`)).toBeDefined(),
      );
    const set = (world: TelegramWorld) =>
      world.server.callsOf('setChatMenuButton').map(({ parameters }) => parameters.menu_button);
    const app = (url: string) => ({ type: 'web_app', text: '文章', web_app: { url } });

    it.each([undefined, 'http://localhost:8080'])(
      'leaves the list of commands where the address is %s',
      async (publicUrl) => {
        const world = await openWorld(publicUrl === undefined ? {} : { publicUrl });
        await settled(world);
        expect(set(world)).toEqual([]);
      },
    );

    it('opens the Mini App where the address is https, and is set once', async () => {
      const world = await openWorld({ publicUrl: 'https://postbell.example' });
      await settled(world);
      expect(set(world)).toEqual([app('https://postbell.example/app')]);
      await world.restart();
      await answerTo(world, '/start');
      expect(set(world)).toHaveLength(1);
    });

    it('follows the address when it changes', async () => {
      const world = await openWorld({ publicUrl: 'https://postbell.example' });
      await settled(world);
      await world.restart({ publicUrl: 'https://moved.example' });
      await eventually(() => expect(set(world).at(-1)).toEqual(app('https://moved.example/app')));
    });

    it('leaves an app alone that somebody else has set', async () => {
      const world = await openWorld();
      await settled(world);
      const foreign = app('https://somebody.example/app');
      const body = JSON.stringify({ menu_button: foreign });
      const headers = { 'content-type': 'application/json' };
      await fetch(`${world.server.url}/bot${world.server.token}/setChatMenuButton`, { method: 'POST', headers, body });
      await world.values.remove(`telegram.menu-button.${world.server.bot.id}`);
      await world.restart();
      await settled(world);
      expect(set(world)).toEqual([foreign]);
    });
  });

  it('does not hold up the start', async () => {
    const world = await openWorld();
    world.server.faults.add({ method: 'getMyCommands', times: 99, does: { kind: 'late-answer', ms: 2_000 } });
    await world.restart();
    expect((await answerTo(world, '/start')).text).toContain('15');
  });
});
