import { Bot, GrammyError } from 'grammy';
import { createTelegramServer, type TelegramServer } from '../../support/telegram/telegram-server.ts';
import { eventually } from '../../support/telegram/telegram-world.ts';

// The double is only worth what it refuses: these are the real server's refusals, in its words.
let server: TelegramServer;
let bot: Bot;
const reader = 41;

beforeEach(async () => {
  server = await createTelegramServer();
  bot = new Bot(server.token, { client: { apiRoot: server.url } });
  server.say(reader, '/start');
});

afterEach(() => server.close());

async function refusal(call: Promise<unknown>): Promise<string> {
  const thrown = await call.then(
    () => 'accepted',
    (error: unknown) => error,
  );
  return thrown instanceof GrammyError ? `${thrown.error_code} ${thrown.description}` : String(thrown);
}

const html = (text: string) => refusal(bot.api.sendMessage(reader, text, { parse_mode: 'HTML' }));
const keyboard = (button: object) =>
  refusal(bot.api.sendMessage(reader, 'x', { reply_markup: { inline_keyboard: [[button as never]] } }));

it.each([
  ['<br>', 'Unsupported start tag "br" at byte offset 0'],
  ['中<LoRA>', 'Unsupported start tag "lora" at byte offset 3'],
  ['a < b', 'Unsupported start tag "" at byte offset 2'],
  ['a <b', 'Unclosed start tag at byte offset 2'],
  ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
  ['x</b>', 'Unexpected end tag at byte offset 1'],
  ['<i>a</b>', 'Unmatched end tag at byte offset 4, expected "</i>", found "</b>"'],
  ['<a href="x>y</a>', 'Unclosed start tag at byte offset 0'],
  ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
])('the markup %j is refused', async (markup, words) => {
  expect(await html(markup)).toBe(`400 Bad Request: can't parse entities: ${words}`);
});

it('four named entities and all numbered ones are known, others are text', async () => {
  const message = await bot.api.sendMessage(reader, '&lt;&amp;&gt;&quot;&#33;&#x21; &nbsp; &apos; &', {
    parse_mode: 'HTML',
  });
  expect(message.text).toBe('<&>"!! &nbsp; &apos; &');
});

it('a link to nowhere is lost without a word, and the text stays', async () => {
  const message = await bot.api.sendMessage(reader, '<a href="http://localhost/x">here</a>', { parse_mode: 'HTML' });
  expect(message).toMatchObject({ text: 'here', entities: [] });
});

it('lengths count after parsing', async () => {
  expect(await html(`<b>${'&amp;'.repeat(4096)}</b>`)).toBe('accepted');
  expect(await html('x'.repeat(4097))).toBe('400 Bad Request: message is too long');
  expect(await html('&amp;'.repeat(7000))).toBe('400 Bad Request: text is too long');
  expect(await html('<b> \n </b>')).toBe('400 Bad Request: message text is empty');
  expect(await html('\u200b\u2800\ufeff')).toBe('400 Bad Request: message text is empty');
});

it('buttons are refused for their data and their addresses', async () => {
  expect(await keyboard({ text: 'x', callback_data: '字'.repeat(22) })).toBe('400 Bad Request: BUTTON_DATA_INVALID');
  expect(await keyboard({ text: 'x', callback_data: '字'.repeat(21) })).toBe('accepted');
  expect(await keyboard({ text: 'x', url: 'http://localhost:8080/x' })).toContain('Wrong HTTP URL');
  expect(await keyboard({ text: 'x' })).toContain('Text buttons are unallowed');
});

it('an edit that changes nothing is refused', async () => {
  const { message_id: id } = await bot.api.sendMessage(reader, 'x');
  expect(await refusal(bot.api.editMessageText(reader, id, 'x'))).toContain('message is not modified');
  expect(await refusal(bot.api.editMessageText(reader, 999, 'x'))).toBe('400 Bad Request: message to edit not found');
});

it('chats, topics and tokens that there are not are refused', async () => {
  server.addGroup(-5, { topics: [3] });
  expect(await refusal(bot.api.sendMessage(999, 'x'))).toBe('400 Bad Request: chat not found');
  expect(await refusal(bot.api.sendMessage(-5, 'x', { message_thread_id: 1 }))).toContain('message thread not found');
  expect(await refusal(bot.api.sendMessage(-5, 'x', { message_thread_id: 3 }))).toBe('accepted');
  const stranger = new Bot('1:wrong', { client: { apiRoot: server.url } });
  expect(await refusal(stranger.api.getMe())).toBe('401 Unauthorized');
});

it('a second poller ends the first, and a webhook ends both', async () => {
  await bot.api.getUpdates({ offset: -1 });
  await bot.api.getUpdates({ offset: 2 ** 31 });
  const first = refusal(bot.api.getUpdates({ timeout: 30 }));
  await eventually(() => expect(server.callsOf('getUpdates')).toHaveLength(3));
  const second = refusal(bot.api.getUpdates({ timeout: 30 }));
  expect(await first).toContain('409 Conflict: terminated by other getUpdates request');
  server.routeWebhook('https://postbell.example', 'http://127.0.0.1:9');
  await bot.api.setWebhook('https://postbell.example/hook');
  expect(await second).toContain('409 Conflict');
  expect(await refusal(bot.api.getUpdates())).toContain('while webhook is active');
});

it('a webhook must be https and not be set twice within a second', async () => {
  expect(await refusal(bot.api.setWebhook('http://postbell.example'))).toContain('An HTTPS URL must be provided');
  expect(await refusal(bot.api.setWebhook('https://postbell.example'))).toContain('429 Too Many Requests');
});

it('sends that come faster than the limits are refused with a time to wait', async () => {
  const strict = await createTelegramServer({ limits: { perSecond: 30, perChatSecond: 1, perGroupMinute: 20 } });
  const fast = new Bot(strict.token, { client: { apiRoot: strict.url } });
  strict.say(reader, 'x');
  expect(await refusal(fast.api.sendMessage(reader, 'one'))).toBe('accepted');
  expect(await refusal(fast.api.sendMessage(reader, 'two'))).toBe('429 Too Many Requests: retry after 1');
  expect(strict.rateRefusals()).toBe(1);
  await strict.close();
});

it('forms are understood like JSON', async () => {
  const form = new URLSearchParams({
    chat_id: String(reader),
    text: 'x',
    link_preview_options: '{"is_disabled":true}',
  });
  const response = await fetch(`${server.url}/bot${server.token}/sendMessage`, { method: 'POST', body: form });
  expect(response.status).toBe(200);
  expect(server.deliveredTo(reader)).toMatchObject([{ text: 'x', preview: { is_disabled: true } }]);
});
