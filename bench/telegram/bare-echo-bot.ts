import { createServer } from 'node:http';
import { Bot, webhookCallback } from 'grammy';

// What grammY's documentation shows first, and nothing else: the pace that Postbell is held against.
const {
  TELEGRAM_BOT_TOKEN: token = '',
  TELEGRAM_API_ROOT: apiRoot = '',
  PORT: port,
  PUBLIC_URL: publicUrl,
} = process.env;
const bot = new Bot(token, { client: { apiRoot } });
bot.on('message:text', (context) => context.reply(context.message.text));

if (publicUrl === undefined) {
  void bot.start();
} else {
  const server = createServer(webhookCallback(bot, 'http', { secretToken: 'bench' }));
  await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
  await bot.api.setWebhook(publicUrl, { secret_token: 'bench' });
}
