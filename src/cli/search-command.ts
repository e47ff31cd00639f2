import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { renderTerminal } from '../channels/terminal/render.ts';
import { hitCard } from '../conversation/card-of.ts';
import { loadPhrases, type Say } from '../conversation/phrases/phrases.ts';
import { reply } from '../conversation/reply.ts';
import { UserError } from '../kernel/errors.ts';
import type { Message } from '../message/message.ts';
import type { SearchIndex, SearchPage } from '../search/search-index.ts';
import { searchDocument } from '../server/search-document.ts';
import { type CatalogOptions, configWith, withCatalogOptions } from './catalog-options.ts';
import { wholeNumber } from './options.ts';
import { readIndex } from './read-index.ts';
import type { Terminal } from './terminal.ts';
import { styleOf } from './terminal-style.ts';

interface SearchOptions extends CatalogOptions {
  readonly json?: true;
  readonly stdin?: true;
  readonly explain?: true;
  readonly limit: number;
  readonly category?: string;
}

/** `postbell search QUERY` and `postbell search --stdin`. */
export function addSearchCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('search')
    .description('find posts')
    .argument('[query...]', 'what to look for; several words are one query')
    .option('--stdin', 'answer one query a line of the standard input; the index is built once')
    .option('--json', 'print JSON documents')
    .option('--limit <n>', 'how many hits to show', wholeNumber, 10)
    .option('--category <name>', 'only posts of this category')
    .option('--explain', 'say how the query was understood, and each part of each score');
  withCatalogOptions(command).action(async (words: string[], options: SearchOptions) => {
    if (words.length === 0 && !options.stdin) command.error("error: missing argument 'query'");
    const config = configWith(options, terminal.folder);
    const { index } = await readIndex(config, terminal.folder);
    const say = loadPhrases()[config.language];
    const answer = (query: string) => terminal.stdout.write(answerTo(query, index, options, terminal, say));
    if (!options.stdin) {
      answer(words.join(' '));
      return;
    }
    for await (const line of createInterface({ input: terminal.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
      answer(line);
  });
}

function answerTo(query: string, index: SearchIndex, options: SearchOptions, terminal: Terminal, say: Say): string {
  const { limit, category, json, explain } = options;
  const asked = { text: query, limit, offset: 0, ...(category !== undefined && { category }) };
  if (explain) {
    if (!index.explain) throw new UserError('--explain is not available for this index');
    return `${JSON.stringify(index.explain(asked), undefined, 2)}\n`;
  }
  const begin = performance.now();
  const page = index.search(asked);
  const tookMs = performance.now() - begin;
  if (json) return `${JSON.stringify(searchDocument(query, page, tookMs))}\n`;
  return renderTerminal(messageOf(query, page, say), { ...styleOf(terminal), interactive: false, say });
}

function messageOf(query: string, page: SearchPage, say: Say): Message {
  if (page.hits.length === 0) return reply(say('search-nothing', { query }));
  const heading = say(page.nearest ? 'search-nearest' : 'search-found', { query, count: page.total });
  return reply(heading, { cards: page.hits.map(hitCard), firstRank: 1 });
}
