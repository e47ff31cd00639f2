import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import { type Log, silentLog } from '../kernel/log.ts';
import type { Message } from '../message/message.ts';
import type { Catalog } from '../posts/post.ts';
import type { SearchIndex } from '../search/search-index.ts';
import { type Address, formatAddress } from '../subscribers/address.ts';
import type { Language, Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberBook } from '../subscribers/subscriber-book.ts';
import type { AdminDesk } from './admin-desk.ts';
import type { Asking, CommandDefinition } from './asking.ts';
import { createCatalogViews } from './catalog-views.ts';
import type { Conversation, Incoming } from './conversation.ts';
import { definitions } from './definitions.ts';
import { lateReply } from './late-reply.ts';
import type { Arrivals } from './newest-first.ts';
import { loadPhrases, type Phrases, type Say } from './phrases/phrases.ts';
import { commandRequest, createVocabulary, type Request, readRequest, type Vocabulary } from './read-request.ts';
import { button, reply } from './reply.ts';

export interface ConversationParts {
  /** The current catalog, and the index made of it: each read once a message. */
  readonly catalog: () => Catalog;
  readonly index: () => SearchIndex;
  readonly book: SubscriberBook;
  /** What admins decide on; without it their commands say that there is nothing to decide. */
  readonly desk?: AdminDesk;
  /** Where the admins' commands exist: their private chats, or a chat of theirs. */
  readonly admins?: readonly Address[];
  readonly clock: Clock;
  /** Until someone chooses, or their platform tells. */
  readonly defaultLanguage: Language;
  /** When posts came that were not there from the beginning; a new map for each change. None known by default. */
  readonly arrivals?: () => Arrivals;
  /** The IANA name of the timezone of those who have not chosen one; `UTC` by default. */
  readonly timezone?: string;
  /** From 0 up to but without 1; `Math.random` by default. */
  readonly random?: () => number;
  readonly phrases?: Phrases;
  readonly log?: Log;
}

/**
 * Answers people from the catalog and keeps their subscriptions. A fault of ours, such as a store that cannot
 * be reached, is logged and answered with an apology: who asks is never left without a word.
 */
export function createConversation(parts: ConversationParts): Conversation {
  const { phrases = loadPhrases(), log = silentLog, random = Math.random } = parts;
  const viewOf = createCatalogViews();
  const forAdmins = audienceOf(definitions);
  const forEveryone = audienceOf(definitions.filter(({ audience }) => audience === undefined));
  const admins = new Set(parts.admins?.map(formatAddress));
  const nothingArrived: Arrivals = new Map();

  async function answer(incoming: Incoming, signal: AbortSignal): Promise<Message> {
    const subscriber = await meet(incoming);
    const language = subscriber?.language ?? incoming.language ?? parts.defaultLanguage;
    const audience = admins.has(formatAddress(incoming.address)) ? forAdmins : forEveryone;
    const request = requestOf(incoming, audience);
    const sayIn = (spoken: Language) => sayAs(phrases[spoken], incoming);
    return respond(request, {
      incoming,
      language,
      say: sayIn(language),
      sayIn,
      view: viewOf(parts.catalog()),
      index: parts.index(),
      arrivals: parts.arrivals?.() ?? nothingArrived,
      book: parts.book,
      subscriber,
      desk: parts.desk,
      definitions: audience.definitions,
      now: parts.clock.now(),
      timezone: parts.timezone ?? 'UTC',
      random,
      shortened: request.kind === 'command' && request.shortened,
      signal,
    });
  }

  function requestOf({ input, bareWords = false }: Incoming, { vocabulary }: Audience): Request {
    if ('text' in input) return readRequest(input.text, vocabulary, { bareWords });
    return commandRequest(input.command.name, input.command.argument, input.command.page);
  }

  /**
   * Whoever writes can be reached again: a suspended subscriber comes back with all subscriptions. A reader
   * whose platform tells another language than before is spoken to in that one, in announcements too.
   */
  async function meet({ address, language, place }: Incoming): Promise<Subscriber | undefined> {
    const known = await parts.book.find(address);
    if (!known) return undefined;
    const follows = place === 'private' && language !== undefined && !known.settings?.keepLanguage;
    const met = (one: Subscriber): Subscriber => ({ ...one, state: 'active', ...(follows && { language }) });
    if (known.state !== 'active' || met(known).language !== known.language) {
      await parts.book.change(address, (current) => current && met(current));
    }
    return met(known);
  }

  return {
    async answer(incoming, signal) {
      signal.throwIfAborted();
      try {
        return await answer(incoming, signal);
      } catch (fault) {
        const { address, trace } = incoming;
        log.error({ channel: address.channel, ...trace, fault: messageOf(fault) }, 'a message could not be answered');
        return reply(phrases[incoming.language ?? parts.defaultLanguage]('apology'), { aside: true });
      }
    },
  };
}

/** The commands that exist for some people, and the words for them. */
interface Audience {
  readonly definitions: readonly CommandDefinition[];
  readonly vocabulary: Vocabulary;
}

function audienceOf(some: readonly CommandDefinition[]): Audience {
  return { definitions: some, vocabulary: createVocabulary(some) };
}

/** Commands are named as they are typed here: Chinese words go without a slash where bare words count. */
function sayAs(say: Say, { bareWords }: Incoming): Say {
  const slash = bareWords ? '' : '/';
  return (key, values) => say(key, { slash, ...values });
}

async function respond(request: Request, asking: Asking): Promise<Message> {
  const { incoming, say } = asking;
  if (incoming.late) return lateReply(request, asking);
  switch (request.kind) {
    case 'command': {
      const { name, argument } = request.command;
      const definition = asking.definitions.find((one) => one.name === name);
      return definition ? definition.answer(asking, request.command) : unknown(asking, name, `${name} ${argument}`);
    }
    case 'unknown':
      return unknown(asking, request.word, request.line);
    case 'empty':
      return reply(say('empty'), {
        actions: [[button(say('button-latest'), 'latest'), button(say('button-help'), 'help')]],
      });
  }
}

function unknown({ say }: Asking, word: string, line: string): Message {
  const search = button(say('button-search', { query: line }), 'search', line);
  return reply(say('unknown-command', { word }), { actions: [[search, button(say('button-help'), 'help')]] });
}
