import type { AdminDesk } from '../../src/conversation/admin-desk.ts';
import type { Conversation, Incoming } from '../../src/conversation/conversation.ts';
import { createConversation } from '../../src/conversation/create-conversation.ts';
import type { Arrivals } from '../../src/conversation/newest-first.ts';
import type { Log } from '../../src/kernel/log.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Message } from '../../src/message/message.ts';
import type { Catalog, Post } from '../../src/posts/post.ts';
import type { SearchIndex } from '../../src/search/search-index.ts';

import type { Address } from '../../src/subscribers/address.ts';
import type { Language } from '../../src/subscribers/subscriber.ts';
import type { SubscriberBook } from '../../src/subscribers/subscriber-book.ts';
import { makePost } from './make-post.ts';
import { createManualClock } from './manual-clock.ts';
import { createMemoryBook } from './memory-book.ts';
import { createQuickIndex } from './quick-index.ts';

export interface ConversationWorld {
  readonly conversation: Conversation;
  readonly book: SubscriberBook;
  /** What a reader in a private chat gets for typed words; `who` changes who asks and where. */
  ask(text: string, who?: Partial<Incoming>): Promise<Message>;
  /** What one gets for pressing the button whose label holds `label`. */
  press(message: Message, label: string, who?: Partial<Incoming>): Promise<Message>;
  /** What the page button gets. */
  turn(message: Message, to: 'previous' | 'next'): Promise<Message>;
  /** Lets the catalog be another one from now on. */
  publish(posts: readonly Post[]): void;
}

export interface ConversationWorldOptions {
  readonly posts?: readonly Post[];
  /** In place of `posts`: a catalog with an index of one's own. */
  readonly snapshot?: Snapshot;
  readonly book?: SubscriberBook;
  readonly now?: Date;
  readonly arrivals?: Arrivals;
  readonly defaultLanguage?: Language;
  readonly log?: Log;
  readonly desk?: AdminDesk;
  readonly admins?: readonly Address[];
  /** From 0 up to but without 1; 0 by default. */
  readonly random?: () => number;
}

/** The address of a reader whom no test has met before. */
export const reader = { channel: 'web', chat: 'reader' } as const;

/** A conversation over the given posts, in English unless someone asks otherwise. */
export function createConversationWorld(options: ConversationWorldOptions = {}): ConversationWorld {
  const { book = createMemoryBook(), now = new Date('2026-11-25T08:00:00Z'), arrivals, log = silentLog } = options;
  let current = options.snapshot ?? snapshotOf(options.posts ?? somePosts);
  const conversation = createConversation({
    catalog: () => current.catalog,
    index: () => current.index,
    book,
    clock: createManualClock(now),
    defaultLanguage: options.defaultLanguage ?? 'en',
    log,
    timezone: 'Asia/Shanghai',
    random: options.random ?? (() => 0),
    ...(options.desk && { desk: options.desk }),
    ...(options.admins && { admins: options.admins }),
    ...(arrivals && { arrivals: () => arrivals }),
  });

  const send = (input: Incoming['input'], who: Partial<Incoming> = {}) =>
    conversation.answer(
      { address: reader, place: 'private', mayManage: true, ...who, input },
      new AbortController().signal,
    );

  return {
    conversation,
    book,
    ask: (text, who) => send({ text }, who),
    press(message, label, who) {
      const buttons = message.actions.flat();
      const button = buttons.find((one) => one.label.includes(label));
      if (!button || !('command' in button)) {
        throw new Error(`no button "${label}" among: ${buttons.map((one) => one.label).join(' | ')}`);
      }
      return send({ command: button.command }, who);
    },
    turn(message, to) {
      const command = message.page?.[to];
      if (!command) throw new Error(`no ${to} page`);
      return send({ command });
    },
    publish(posts) {
      current = snapshotOf(posts);
    },
  };
}

interface Snapshot {
  readonly catalog: Catalog;
  readonly index: SearchIndex;
}

/** Building an index takes some milliseconds and nothing changes one, so worlds of the same posts share it. */
const snapshots = new WeakMap<readonly Post[], Snapshot>();

function snapshotOf(posts: readonly Post[]): Snapshot {
  const known = snapshots.get(posts);
  if (known) return known;
  const catalog = { posts, problems: [], revision: posts.map(({ id }) => id).join(' ') };
  const made = { catalog, index: createQuickIndex(catalog) };
  snapshots.set(posts, made);
  return made;
}

/** A small blog: a category with two beneath it, two whose names share a word, and enough on LoRA for three pages. */
export const somePosts: readonly Post[] = [
  ...Array.from({ length: 12 }, (_, at) =>
    makePost({
      title: `LoRA in practice, part ${at + 1}`,
      category: ['大语言模型（LLM）'],
      summary: 'Adapters, small and cheap.',
    }),
  ),
  makePost({
    title: 'Stable Diffusion step by step',
    category: ['Pictures', 'Diffusion'],
    summary: 'From noise to a cat.',
  }),
  makePost({ title: 'Segment Anything', category: ['Pictures', 'Masks'], summary: 'One click, one mask.' }),
  makePost({ title: 'Pandas for the impatient', category: ['Data science'], summary: 'Frames and groups.' }),
  makePost({
    title: 'Cleaning dirty tables',
    category: ['Data engineering'],
    summary: 'Missing values, and what to do.',
  }),
];
