import type { Incoming } from '../../conversation/conversation.ts';
import type { Say } from '../../conversation/phrases/phrases.ts';
import type { Command } from '../../message/command.ts';
import type { Message } from '../../message/message.ts';
import type { ShownList } from './reader-memory.ts';
import { meaningOf } from './typed-text.ts';

/** What readers of both platforms ask for. */
export type Talk =
  /** Typed, spoken, or the key of a tapped menu item: all are read as words. */
  | { readonly kind: 'words'; readonly text: string; readonly tapped: boolean }
  /** A shared article: it may be one of the catalog's. */
  | { readonly kind: 'link'; readonly url: string; readonly title: string }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'silent-voice' }
  /** A new reader; the command is where the code led that they came by. */
  | { readonly kind: 'follow'; readonly command: Command | undefined }
  /** A code that led a reader to a command. */
  | { readonly kind: 'scan'; readonly command: Command | undefined };

export interface TalkParts {
  /** Asks the conversation. */
  ask(input: Incoming['input']): Promise<Message>;
  readonly say: Say;
  /** The list that the reader looks at. */
  readonly list: ShownList | undefined;
  /** The id of the post at an address; undefined for what is no address. */
  postIdOf(url: string): string | undefined;
  /** How many cards are wanted, where more than a page can be shown. */
  readonly cards: number;
}

/** What is said, and whether its numbers and page words are what the reader's next ones mean. */
export interface Said {
  readonly message: Message;
  readonly remember: boolean;
}

/** Finds what to say to a reader. */
export async function talk(asked: Talk, parts: TalkParts): Promise<Said> {
  const { ask, say, list } = parts;
  const command = (name: Command['name'], argument = '') => ask({ command: { name, argument, page: 0 } });
  switch (asked.kind) {
    case 'words': {
      const meaning = meaningOf(asked.text, list);
      if (meaning.kind === 'open') return aside(await opened(meaning.postId, command));
      if (meaning.kind === 'no-page') return aside(words(say('chat-no-page')));
      return remembered(await filled(await ask(meaning.input), parts));
    }
    case 'link': {
      const id = parts.postIdOf(asked.url);
      if (id === undefined && asked.title === '') return aside(words(say('chat-unreadable')));
      return remembered(
        await (id === undefined ? ask({ text: asked.title }) : command('post', `${id} ${asked.title}`.trim())),
      );
    }
    case 'unreadable':
      return aside(words(say('chat-unreadable')));
    case 'silent-voice':
      return aside(words(say('chat-silent-voice')));
    case 'follow': {
      const greeting = await command('start');
      const shown = await ask({ command: asked.command ?? { name: 'latest', argument: '', page: 0 } });
      const text = [greeting.text, shown.text].join('\n\n');
      return remembered({ ...shown, text, actions: [...shown.actions, ...greeting.actions] });
    }
    case 'scan':
      return remembered(
        await filled(await (asked.command ? ask({ command: asked.command }) : command('start')), parts),
      );
  }
}

/** The card alone: its relatives would be another list, and the one that is looked at stays. */
async function opened(postId: string, command: (name: 'post', argument: string) => Promise<Message>): Promise<Message> {
  const message = await command('post', postId);
  const [card] = message.cards;
  // A post that is no longer in the catalog has words of its own.
  return card?.postId === postId ? { text: '', cards: [card], actions: [] } : message;
}

/** With the cards of the next page, where more can be shown than a page has; the next page stays the next. */
async function filled(message: Message, { ask, cards }: TalkParts): Promise<Message> {
  const next = message.page?.next;
  if (!next || message.cards.length === 0 || message.cards.length >= cards) return message;
  const further = await ask({ command: next });
  return { ...message, cards: [...message.cards, ...further.cards].slice(0, cards) };
}

/** What changes nothing of the list that the reader looks at. */
function aside(message: Message): Said {
  return { message, remember: false };
}

function remembered(message: Message): Said {
  return { message, remember: true };
}

function words(text: string): Message {
  return { text, cards: [], actions: [] };
}
