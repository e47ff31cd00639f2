import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launchBrowser } from '../../browser.ts';
import { foundingCatalog, makeFolder, startBot } from '../../process.ts';
import { createTelegramServer } from '../telegram-server.ts';
import { eventually } from '../telegram-world.ts';
import { type BotMessage, groupOwner } from '../world.ts';
import { type Headings, headingsIn } from './headings.ts';
import { readInlineView } from './inline-view.ts';
import { type Pictures, type View, viewsPage } from './views-page.ts';

// Asks the built program for each of its views, in both languages, and draws what it answers: pages and pictures in docs.
const docs = fileURLToPath(new URL('../../../../docs/', import.meta.url));
const publicUrl = 'https://postbell.example';

/** Run in the browser: covers are drawn larger than they are shown here. */
const shrinkPictures = `for (const image of document.images) {
  const canvas = document.createElement('canvas');
  canvas.width = 400;
  canvas.height = Math.round((400 * image.naturalHeight) / image.naturalWidth);
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  image.src = canvas.toDataURL('image/jpeg', 0.7);
}`;

/** What is asked in one language, and what is published meanwhile. */
interface Script {
  readonly language: 'zh' | 'en';
  readonly catalog: string;
  readonly words: string;
  readonly nothing: string;
  readonly category: string;
  readonly series: string;
  /** Finds one of its posts. */
  readonly part: string;
  readonly saved: string;
  /** A button of the settings. */
  readonly tenPerPage: string;
  /** Markdown that is added: one entry, then several at once. */
  readonly news: readonly [string, string];
}

const entry = (title: string, address: string, about: string) => `\n\n### [${title}](https://${address})\n\n${about}\n`;

const scripts: readonly Script[] = [
  {
    language: 'zh',
    catalog: foundingCatalog,
    words: '模型',
    nothing: 'zzzz',
    category: '/category 1',
    series: '多模态预训练模型串烧',
    part: '多模态预训练模型串烧3',
    saved: '微调',
    tenPerPage: '每页 10 篇',
    news: [
      entry(
        '用一张显卡微调大模型',
        'mp.weixin.qq.com/s/one',
        '从数据准备到合并权重，一步一步走完整个流程。显存不够怎么办，学习率怎么选，训练完怎么看效果，文中都有例子。',
      ),
      entry('检索增强生成（1）：切分', 'mp.weixin.qq.com/s/two', '文档怎么切，切多大，重叠多少。') +
        entry('检索增强生成（2）：召回', 'mp.weixin.qq.com/s/three', '向量召回与关键词召回，各有各的好处。') +
        entry('微调之后怎么评测', 'mp.weixin.qq.com/s/four', '几个常用的指标，以及它们会在什么时候骗人。'),
    ],
  },
  {
    language: 'en',
    catalog: fileURLToPath(new URL('english-list.md', import.meta.url)),
    words: 'training',
    nothing: 'zzzz',
    category: '/category Python',
    series: 'Fast training',
    part: 'Fast training (2)',
    saved: 'fine-tuning',
    tenPerPage: '10 per page',
    news: [
      entry(
        'Fine-tuning on one card',
        'notes.example/one-card',
        'From the data to the merged weights, one step after the other. What to do when memory runs out, how to choose a learning rate, and how to tell afterwards whether it worked.',
      ),
      entry(
        'Retrieval (1): cutting',
        'notes.example/cutting',
        'How long a piece should be, and how much of it to repeat.',
      ) +
        entry('Retrieval (2): finding', 'notes.example/finding', 'Vectors and words, and what each of them misses.') +
        entry('Fine-tuning, and was it worth it?', 'notes.example/worth', 'Some measures, and when they lie.'),
    ],
  },
];

for (const script of scripts) {
  const { views, pictures } = await answersTo(script);
  const page = join(docs, `telegram-views.${script.language}.html`);
  writeFileSync(page, viewsPage(views, pictures, script.language, headingsIn[script.language]));
  const browser = await launchBrowser();
  const tab = await browser.newPage({ viewport: { width: 1560, height: 900 } });
  await tab.goto(pathToFileURL(page).href);
  await tab.evaluate(shrinkPictures);
  writeFileSync(page, await tab.content());
  const picture = join(docs, `images/telegram-views.${script.language}.jpg`);
  await tab.screenshot({ path: picture, fullPage: true, type: 'jpeg', quality: 70 });
  await browser.close();
}

async function answersTo(script: Script): Promise<{ views: readonly View[]; pictures: Pictures }> {
  const server = await createTelegramServer({ username: 'PostbellBot' });
  const [reader, digestReader, group] = [41, 42, -1_001];
  const code = script.language === 'zh' ? 'zh-hans' : 'en';
  for (const id of [reader, digestReader, groupOwner]) server.addUser({ id, language_code: code });
  server.addGroup(group, { title: 'Readers' });
  const folder = makeFolder();
  mkdirSync(join(folder, 'catalog'));
  const list = join(folder, 'catalog', 'posts.md');
  copyFileSync(script.catalog, list);
  const bot = await startBot({
    cwd: folder,
    env: {
      ...server.environment,
      CATALOG: 'catalog',
      LANGUAGE: script.language,
      PUBLIC_URL: publicUrl,
      ANNOUNCE_CRON: '* * * * * *',
      ANNOUNCE_DIGEST_ABOVE: '2',
      TIMEZONE: 'Asia/Shanghai',
    },
  });
  const headings = headingsIn[script.language];
  const views: View[] = [];

  const ask = async (view: keyof Headings, said: string, chat: number = reader, from?: number): Promise<BotMessage> => {
    server.say(chat, said, from === undefined ? {} : { from });
    const { message } = await server.next(chat);
    views.push({ heading: headings[view], said, shown: message });
    return message;
  };
  const press = async (view: keyof Headings, message: BotMessage, label: string): Promise<BotMessage> => {
    server.press(message, label);
    const shown = (await server.next(message.chat)).message;
    views.push({ heading: headings[view], said: '', shown });
    return shown;
  };

  await ask('greeting', '/start');
  await ask('search', script.words);
  await press('post', await ask('within', script.part), '1');
  await ask('nothing', script.nothing);
  await press('nextPage', await ask('latest', '/latest'), '›');
  await ask('categories', '/categories');
  await ask('category', script.category);
  await ask('series', `/series ${script.series}`);
  await ask('related', `/related ${script.part}`);
  await ask('random', '/random');
  const inline = server.inlineQuery(reader, script.words);
  await eventually(() => {
    if (!server.answerOfInlineQuery(inline.id)) throw new Error('the inline query was not answered');
  });
  views.push(...readInlineView(`@PostbellBot ${script.words}`, server.answerOfInlineQuery(inline.id), headings));
  await ask('group', `/search@PostbellBot ${script.words}`, group, groupOwner);
  await ask('subscribe', `/subscribe ${script.saved}`);
  await ask('everything', '/subscribe', digestReader);
  appendFileSync(list, script.news[0]);
  for (const chat of [reader, digestReader]) {
    const { message } = await server.next(chat, 60_000);
    if (chat === reader) views.push({ heading: headings.announcement, said: '', shown: message });
  }
  appendFileSync(list, script.news[1]);
  const digest = (await server.next(digestReader, 60_000)).message;
  views.push({ heading: headings.digest, said: '', shown: digest });
  await server.next(reader, 60_000);
  await ask('subscriptions', '/subscriptions');
  await press('changed', await ask('settings', '/settings'), script.tenPerPage);
  server.say(reader, script.words, { at: new Date(Date.now() - 3_600_000) });
  views.push({ heading: headings.late, said: script.words, shown: (await server.next(reader)).message });
  await ask('privacy', '/privacy');
  await ask('help', '/help');

  const pictures = await fetchPictures(views, bot.url);
  await bot.stop();
  await server.close();
  return { views, pictures };
}

/** The covers that the bot serves, as data urls. */
async function fetchPictures(views: readonly View[], botUrl: string): Promise<Pictures> {
  const urls = new Set(
    views.flatMap((view) => view.pictures ?? []).concat(views.flatMap(({ shown }) => previewUrl(shown))),
  );
  const fetched = [...urls]
    .filter((url) => url.startsWith(publicUrl))
    .map(async (url): Promise<[string, string]> => {
      const response = await fetch(url.replace(publicUrl, botUrl));
      return [url, `data:image/jpeg;base64,${Buffer.from(await response.arrayBuffer()).toString('base64')}`];
    });
  return new Map(await Promise.all(fetched));
}

function previewUrl(shown: BotMessage | undefined): string[] {
  const preview = shown?.preview;
  return typeof preview === 'object' && preview !== null && 'url' in preview ? [String(preview.url)] : [];
}
