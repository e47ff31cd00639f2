import type { Conversation } from '../../src/conversation/conversation.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { startWebApp } from '../support/web-app.ts';

const secret = 'visitor-0123456789abcdef';

/** A conversation whose answers wait until they are released; `asked` resolves when somebody waits. */
function gated(): { conversation: Conversation; asked: Promise<void>; release: () => void } {
  let release = () => {};
  let ask = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const conversation: Conversation = {
    async answer() {
      ask();
      await gate;
      return { text: 'at last', cards: [], actions: [] };
    },
  };
  return { conversation, asked, release };
}

describe('a server that is to stop', () => {
  it('finishes the answers that are under way, and takes no more', async () => {
    const { conversation, asked, release } = gated();
    const app = await startWebApp({ conversation });
    const answering = app.say(secret, { text: 'LoRA' });
    await asked;
    const stopped = app.stop();
    await expect(app.get('/healthz', { connection: 'close' })).rejects.toThrow();
    release();
    expect(await (await answering).json()).toMatchObject({ message: { text: 'at last' } });
    await stopped;
  });

  it('ends event streams, and does not wait for connections that are idle', async () => {
    const app = await startWebApp();
    await (await app.get('/healthz')).text();
    const stream = await app.get('/api/chat/events', { authorization: `Bearer ${secret}` });
    const reading = stream.text();
    await app.stop();
    expect(await reading).toContain(': open');
  });

  it('cuts what is not answered in time', async () => {
    const { conversation, asked, release } = gated();
    const clock = createManualClock();
    const app = await startWebApp({ conversation, parts: { clock } });
    const answering = app.say(secret, { text: 'LoRA' }).catch(() => 'cut');
    await asked;
    const stopped = app.stop();
    clock.advance(10_000);
    expect(await answering).toBe('cut');
    release();
    await stopped;
  });
});
