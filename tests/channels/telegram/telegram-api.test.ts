import { failureOf } from '../../../src/channels/telegram/failure-of.ts';
import { outcomeOf } from '../../../src/channels/telegram/outcome-of.ts';
import { createTelegramApi } from '../../../src/channels/telegram/telegram-api.ts';
import { createTelegramServer, type TelegramServer } from '../../support/telegram/telegram-server.ts';

const reader = 41;
let server: TelegramServer;

beforeEach(async () => {
  server = await createTelegramServer();
  server.say(reader, '/start');
});

afterEach(() => server.close());

it('an answer that comes after the time is up leaves unknown whether the message arrived, and is not repeated', async () => {
  server.faults.add({ method: 'sendMessage', does: { kind: 'late-answer', ms: 5_000 } });
  const api = createTelegramApi({ token: server.token, apiRoot: server.url, timeoutSeconds: 1 });
  const thrown: unknown = await api.sendMessage(reader, 'News').then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failureOf(thrown)).toEqual({ kind: 'unanswered', cause: 'late', reason: 'no answer in time' });
  const address = { channel: 'telegram', chat: String(reader) } as const;
  expect(outcomeOf(thrown, address, new Date())).toMatchObject({ kind: 'unknown' });
  expect(server.deliveredTo(reader)).toHaveLength(1);
});

it.each(['', '/', '//'])('the address of a Bot API server may end with "%s"', async (end) => {
  const api = createTelegramApi({ token: server.token, apiRoot: server.url + end, timeoutSeconds: 5 });
  expect(await api.getMe()).toMatchObject({ username: server.bot.username });
});

it('a defect of ours is no failure of a call', () => {
  expect(failureOf(new TypeError('x is not a function'))).toBeUndefined();
  expect(() => outcomeOf(new TypeError('x is not a function'), { channel: 'telegram', chat: '1' }, new Date())).toThrow(
    TypeError,
  );
});
