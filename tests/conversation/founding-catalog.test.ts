import { fileURLToPath } from 'node:url';
import { readConfig } from '../../src/config/read-config.ts';
import type { KeyValueStore } from '../../src/kernel/key-value-store.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Message } from '../../src/message/message.ts';
import { createSearchableCatalog } from '../../src/searchable-catalog.ts';
import { type ConversationWorld, createConversationWorld } from '../support/conversation-world.ts';
import { createManualClock } from '../support/manual-clock.ts';

const nothingKept: KeyValueStore = {
  get: async () => undefined,
  put: async () => {},
  putIfAbsent: async () => true,
  remove: async () => {},
};

const titles = ({ cards }: Message) => cards.map(({ title }) => title.text);
const labels = ({ actions }: Message) => actions.flat().map(({ label }) => label);

/** With the real reader and the real index, word lists and all. */
describe('a reader of the founding catalog', () => {
  let world: ConversationWorld;

  beforeAll(async () => {
    const folder = fileURLToPath(new URL('../..', import.meta.url));
    const searchable = await createSearchableCatalog(readConfig({ CATALOG: 'catalog' }), {
      folder,
      clock: createManualClock(),
      log: silentLog,
      cache: nothingKept,
    });
    await searchable.refresh(new AbortController().signal);
    const snapshot = { catalog: searchable.catalog(), index: searchable.index() };
    world = createConversationWorld({ snapshot, defaultLanguage: 'zh' });
  });

  it('is greeted with the number of posts', async () => {
    expect((await world.ask('/start')).text).toContain('77 篇');
  });

  it.each(['LoRA', 'ｌｏｒａ', '/搜索 LoRA'])('finds the posts on LoRA by %s, marked', async (text) => {
    const answer = await world.ask(text);
    const [first] = answer.cards;
    expect(first?.title.text).toBe('大模型微调：LoRA和DoRA的原理及pytorch实现');
    expect(first?.title.marks.map(({ start, end }) => first.title.text.slice(start, end))).toContain('LoRA');
    expect(titles(answer)).toContain('大语言模型微调（Fine-tune LLMs）');
  });

  it('sees the eight categories with their counts', async () => {
    const counts = labels(await world.ask('/分类')).map((label) => Number(/（(\d+)）$/.exec(label)?.[1]));
    expect(counts).toEqual([11, 9, 2, 7, 25, 5, 12, 6]);
  });

  it.each(['大语言模型', 'LLM', '2'])('opens 大语言模型（LLM） by %s', async (words) => {
    expect((await world.ask(`/分类 ${words}`)).text).toBe('大语言模型（LLM），一共 9 篇');
  });

  it('meets every post once among the latest', async () => {
    const urls: string[] = [];
    let page = await world.ask('/最新');
    for (;;) {
      urls.push(...page.cards.map(({ url }) => url));
      if (!page.page?.next) break;
      page = await world.turn(page, 'next');
    }
    expect(urls).toHaveLength(77);
    expect(new Set(urls).size).toBe(77);
  });

  it('reads a series in its order', async () => {
    expect(titles(await world.ask('/系列 抓站')).map((title) => /（(.)）/.exec(title)?.[1])).toEqual([
      '一',
      '二',
      '三',
    ]);
  });

  it('is led from one post to others like it', async () => {
    const answer = await world.ask('/相关 LoRA和DoRA');
    expect(answer.text).toContain('LoRA和DoRA的原理');
    expect(titles(answer)).toContain('大语言模型微调（Fine-tune LLMs）');
    expect(titles(answer)).not.toContain('大模型微调：LoRA和DoRA的原理及pytorch实现');
  });

  it('is told that there is nothing on braised pork, and where to look instead', async () => {
    const answer = await world.ask('红烧肉 菜谱');
    expect(answer.text).toContain('没找到');
    expect(labels(answer)).toEqual(expect.arrayContaining(['最新文章', '全部分类']));
  });
});
