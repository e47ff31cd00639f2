import type { CommandName } from '../../message/command.ts';
import type { Action, Message } from '../../message/message.ts';
import type { SearchPage } from '../../search/search-index.ts';
import { sameSubscription } from '../../subscribers/subscriber.ts';
import type { Asking, CommandDefinition } from '../asking.ts';
import { hitCard } from '../card-of.ts';
import { cleanLine, fold } from '../clean-text.ts';
import { cardsPerPageOf, sliceOf, waysThrough } from '../paging.ts';
import type { Say } from '../phrases/phrases.ts';
import { longestArgument } from '../read-request.ts';
import { button, reply, rowsOf } from '../reply.ts';

const startsWish: ReadonlySet<CommandName> = new Set(['subscribe', 'unsubscribe']);

/** How many ways on are offered where nothing was found. */
const mostOffers = 6;

/** The posts that answer some words. */
export const search: CommandDefinition = {
  name: 'search',
  chinese: ['搜索', '搜'],
  listed: true,

  answer(asking, command) {
    const { index, say, shortened } = asking;
    const query = command.argument;
    if (!query) return reply(say('search-empty'), { actions: [waysOn(asking)] });

    const size = cardsPerPageOf(asking);
    const asked = (offset: number) => index.search({ text: query, limit: size, offset });
    let found = asked(command.page * size);
    const { offset, page } = sliceOf(command, found.total, size);
    if (page.index !== command.page) found = asked(offset);
    if (found.hits.length === 0) return nothingFound(asking, query, found);

    const { commands, notices } = offersFor(asking, query);
    const values = { query, count: found.total };
    return reply(say(found.nearest ? 'search-nearest' : 'search-found', values), {
      cards: found.hits.map(hitCard),
      ...(!found.nearest && { introduces: true }),
      firstRank: offset + 1,
      actions: [...commands, ...suggested(asking, found), ...notices],
      ...(shortened && { footer: say('search-shortened', { count: longestArgument }) }),
      ...waysThrough(asking, command, { page, total: found.total }),
    });
  },
};

function nothingFound(asking: Asking, query: string, found: SearchPage): Message {
  const { say, shortened } = asking;
  const suggestions = suggested(asking, found);
  const lines = [
    say('search-nothing', { query }),
    ...(shortened ? [say('search-shortened', { count: longestArgument })] : []),
    hintOf(say, suggestions, found),
  ];
  const { commands, notices } = offersFor(asking, query);
  return reply(lines.join('\n'), { actions: [...commands, ...suggestions, waysOn(asking), ...notices] });
}

function hintOf(say: Say, buttons: readonly Action[][], { suggestions }: SearchPage): string {
  if (buttons.length === 0) return say('search-nothing-ways');
  const words = suggestions.some(({ kind }) => kind === 'query');
  return words ? say('search-nothing-suggest') : say('search-nothing-categories');
}

/** What is offered above and below the rest: nobody waits for news on the word “subscribe”. */
function offersFor(asking: Asking, query: string): Readonly<Record<'commands' | 'notices', Action[][]>> {
  const commands = meant(asking, query);
  return { commands, notices: commands.length > 0 ? [] : notify(asking, query) };
}

/** Whoever leaves the slash of a command out, as in `订阅 微调` or `help`, finds the command above all else. */
function meant({ definitions }: Asking, query: string): Action[][] {
  const [word = ''] = query.split(' ', 1);
  const folded = fold(word);
  const definition = definitions.find(({ name, chinese }) => name === folded || chinese.includes(folded));
  const argument = query.slice(word.length).trim();
  // Other commands with words behind them are ordinary queries, such as “random forest”.
  if (!definition?.listed || (argument !== '' && !startsWish.has(definition.name))) return [];
  return [[button(`/${query}`, definition.name, argument)]];
}

function waysOn({ say }: Asking): Action[] {
  return [button(say('button-latest'), 'latest'), button(say('button-categories'), 'categories')];
}

function suggested({ say }: Asking, { suggestions }: SearchPage): Action[][] {
  const buttons = suggestions.flatMap((suggestion): Action[] => {
    const label = cleanLine(suggestion.kind === 'query' ? suggestion.query : suggestion.category);
    if (!label) return [];
    return suggestion.kind === 'query'
      ? [button(say('button-search', { query: label }), 'search', suggestion.query)]
      : [button(say('button-category', { category: label }), 'category', suggestion.category)];
  });
  return rowsOf(buttons.slice(0, mostOffers));
}

/** Offers to tell of new posts that answer the same words, to those who may say so and do not hear of them yet. */
function notify({ incoming, say, shortened, subscriber }: Asking, query: string): Action[][] {
  const subscribed = subscriber?.subscriptions.some((one) => sameSubscription(one, { kind: 'query', query }));
  if (!incoming.mayManage || shortened || subscribed) return [];
  return [[button(say('button-notify'), 'subscribe', query)]];
}
