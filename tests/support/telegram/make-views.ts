import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launchBrowser } from '../browser.ts';
import { startBot } from '../process.ts';
import { createTelegramServer } from './telegram-server.ts';
import { type View, viewsPage } from './views-page.ts';
import { groupOwner } from './world.ts';

// Asks the built program for each of its views, and draws what it answers: docs/telegram-views.html and a picture.
const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));
const server = await createTelegramServer({ username: 'PostbellBot' });
const [chinese, english, group] = [41, 42, -1_001];
server.addUser({ id: english, language_code: 'en' });
server.addGroup(group, { title: 'Readers' });
const bot = await startBot({ env: server.environment });
const views: View[] = [];

const ask = async (heading: string, chat: number, said: string, from?: number) => {
  server.say(chat, said, from === undefined ? {} : { from });
  const { message } = await server.next(chat);
  views.push({ heading, said, shown: message });
  return message;
};
const press = async (heading: string, ...[message, label]: Parameters<typeof server.press>) => {
  server.press(message, label);
  views.push({ heading, said: '', shown: (await server.next(message.chat)).message });
};

await ask('A greeting', chinese, '/start');
const found = await ask('A search', chinese, '模型');
await press('The next page, in place', found, '›');
await press('A post that was opened by its number', found, '1');
await ask('Nothing found', chinese, 'zzzz');
await ask('Categories', chinese, '/分类');
await ask('One category', chinese, '/category 1');
await ask('A subscription', chinese, '/订阅');
await ask('Help', chinese, '/help');
await ask('A search in English', english, '/search diffusion');
await ask('The latest', english, '/latest');
await ask('One at random', english, '/random');
await ask('Subscriptions', english, '/subscriptions');
await ask('Settings of one’s data', english, '/privacy');
await ask('A group asks', group, '/search@PostbellBot Agent', groupOwner);

await bot.stop();
await server.close();
const page = join(docs, 'telegram-views.html');
writeFileSync(page, viewsPage(views));
const browser = await launchBrowser();
const tab = await browser.newPage({ viewport: { width: 1240, height: 900 } });
await tab.goto(pathToFileURL(page).href);
await tab.screenshot({ path: join(docs, 'images/telegram-views.png'), fullPage: true });
await browser.close();
