import { createInterface } from 'node:readline';
import { renderTerminal } from '../channels/terminal/render.ts';
import { hitCard } from '../conversation/card-of.ts';
import { loadPhrases, type Say } from '../conversation/phrases/phrases.ts';
import { reply } from '../conversation/reply.ts';
import { UserError } from '../kernel/errors.ts';
import type { Message } from '../message/message.ts';
import type { SearchIndex, SearchPage } from '../search/search-index.ts';
import { searchDocument } from '../server/search-document.ts';
import { configWith } from './catalog-options.ts';
import { readIndex } from './read-index.ts';
import type { SearchOptions } from './search-options.ts';
import type { Terminal } from './terminal.ts';
import { styleOf } from './terminal-style.ts';

/** Answers one query, or with `stdin` one query a line; the index is built once. */
export async function runSearch(query: string, options: SearchOptions, terminal: Terminal): Promise<void> {
  const config = configWith(options, terminal.folder);
  const { index } = await readIndex(config, terminal.folder);
  const say = loadPhrases()[config.language];
  const answer = (asked: string) => terminal.stdout.write(answerTo(asked, index, options, terminal, say));
  if (!options.stdin) {
    answer(query);
    return;
  }
  for await (const line of createInterface({ input: terminal.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
    answer(line);
}

function answerTo(query: string, index: SearchIndex, options: SearchOptions, terminal: Terminal, say: Say): string {
  const { limit, category, json, stdin, explain } = options;
  const asked = { text: query, limit, offset: 0, ...(category !== undefined && { category }) };
  if (explain) {
    if (!index.explain) throw new UserError('--explain is not available for this index');
    return `${JSON.stringify(index.explain(asked), undefined, 2)}\n`;
  }
  const begin = performance.now();
  const page = index.search(asked);
  const tookMs = performance.now() - begin;
  if (json || stdin) return `${JSON.stringify(searchDocument(query, page, tookMs))}\n`;
  return renderTerminal(messageOf(query, page, say), { ...styleOf(terminal), interactive: false, say });
}

function messageOf(query: string, page: SearchPage, say: Say): Message {
  if (page.hits.length === 0) return reply(say('search-nothing', { query }));
  const heading = say(page.nearest ? 'search-nearest' : 'search-found', { query, count: page.total });
  return reply(heading, { cards: page.hits.map(hitCard), firstRank: 1 });
}
