import { systemClock } from '../../../src/kernel/clock.ts';
import { answerTo, closeWorlds, openWorld } from '../../support/telegram/open-world.ts';
import { eventually, type TelegramWorld } from '../../support/telegram/telegram-world.ts';

const reader = 41;

async function ask(world: TelegramWorld, text: string, chat = reader): Promise<string> {
  return (await answerTo(world, text, chat)).text;
}

afterEach(closeWorlds);

describe('polling', () => {
  it.each([
    ['a server that is out of order', { kind: 'refuse', code: 502, description: 'Bad Gateway' }],
    ['broken connections', { kind: 'drop-before' }],
    ['another poller', { kind: 'refuse', code: 409, description: 'Conflict: terminated by other getUpdates request' }],
  ] as const)('goes on after %s, and says so meanwhile', async (_what, does) => {
    const world = await openWorld();
    await ask(world, '/start');
    world.server.faults.add({ method: 'getUpdates', times: 3, does });
    world.server.say(reader, '/start');
    await eventually(() => expect(world.channel().trouble()).toEqual(expect.any(String)));
    await world.server.next(reader);
    await ask(world, '/start');
    await eventually(() => expect(world.channel().trouble()).toBeUndefined());
    expect(world.log.lines.some(({ level }) => level === 'warn')).toBe(true);
  });

  it('one call that fails is logged, and is no trouble for balancers', async () => {
    const world = await openWorld();
    await ask(world, '/start');
    world.server.faults.add({ method: 'getUpdates', does: { kind: 'drop-before' } });
    world.server.say(reader, '/start');
    await eventually(() => expect(world.log.lines.some(({ level }) => level === 'warn')).toBe(true));
    expect(world.channel().trouble()).toBeUndefined();
    await world.server.next(reader);
  });

  it('a second process with the same token is reported as such', async () => {
    const world = await openWorld();
    await ask(world, '/start');
    world.server.faults.add({
      method: 'getUpdates',
      does: { kind: 'refuse', code: 409, description: 'Conflict: terminated by other getUpdates request' },
    });
    world.server.say(reader, '/start');
    await eventually(() => expect(world.channel().trouble()).toContain('stop the other process'));
  });

  it('a webhook that an earlier process has left is removed without alarm, and what waits is answered', async () => {
    const world = await openWorld({ transport: 'webhook' });
    await ask(world, '/start');
    await world.stop();
    const lines = world.log.lines.length;
    world.server.say(reader, 'LoRA');
    await world.start('polling');
    await world.server.next(reader);
    expect(world.log.lines.slice(lines).filter(({ level }) => level !== 'info')).toEqual([]);
    expect(world.server.feed.webhook()).toBeUndefined();
  });

  it('a webhook that somebody else sets meanwhile is removed, and told as trouble', async () => {
    const world = await openWorld();
    await ask(world, '/start');
    const seen: (string | undefined)[] = [];
    world.server.routeWebhook('https://theirs.example', 'http://127.0.0.1:9');
    const body = JSON.stringify({ url: 'https://theirs.example/hook' });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${world.server.url}/bot${world.server.token}/setWebhook`, { method: 'POST', headers, body });
    await eventually(() => {
      seen.push(world.channel().trouble());
      expect(seen.at(-1)).toContain('somebody else takes the updates');
    });
    expect((await ask(world, 'LoRA')).length).toBeGreaterThan(0);
    await eventually(() => expect(world.channel().trouble()).toBeUndefined());
  });

  it('pauses longer after each failure in a row, up to half a minute', async () => {
    const pauses: number[] = [];
    const clock = {
      ...systemClock,
      sleep: (ms: number, signal?: AbortSignal) => {
        if (ms >= 1_000) pauses.push(ms);
        return systemClock.sleep(Math.min(ms, 1), signal);
      },
    };
    const world = await openWorld({ clock });
    await ask(world, '/start');
    pauses.length = 0;
    const does = {
      kind: 'refuse',
      code: 409,
      description: 'Conflict: terminated by other getUpdates request',
    } as const;
    world.server.faults.add({ method: 'getUpdates', times: 8, does });
    world.server.say(reader, '/start');
    await eventually(() => expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]));
  });

  it('an update whose confirmation is lost is not handled again', async () => {
    const world = await openWorld();
    await ask(world, '/start');
    world.server.faults.add({ method: 'getUpdates', does: { kind: 'drop-after' } });
    world.server.say(reader, 'LoRA');
    await world.server.next(reader);
    await ask(world, '/start');
    expect(world.server.deliveredTo(reader)).toHaveLength(3);
  });
});
