import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Conversation, Incoming } from '../../conversation/conversation.ts';
import type { Phrases } from '../../conversation/phrases/phrases.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Message } from '../../message/message.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Inbox } from '../../subscribers/inbox.ts';
import type { Language } from '../../subscribers/subscriber.ts';
import type { Channel } from '../channel.ts';
import { createHeardNews } from './heard-news.ts';
import { renderTerminal } from './render.ts';
import { readTypedLine } from './to-incoming.ts';

export interface TerminalChannelOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** Columns; asked before each message, because windows change. */
  readonly width: () => number;
  readonly color: boolean;
  /** Whether the terminal knows OSC 8 links. */
  readonly hyperlinks: boolean;
  /** Whether a person sits there: false where lines are piped in, which gets answers and nothing else. */
  readonly interactive: boolean;
  /** Who chats: the address is `terminal:<user>`. */
  readonly user: string;
  /** Of the terminal's own words, and of the answers until the reader chooses another. */
  readonly language: Language;
  readonly phrases: Phrases;
  /** Where announcements wait: the bot that runs puts them there. */
  readonly inbox: Inbox<Message>;
  /** How far the reader has heard them. */
  readonly values: KeyValueStore;
  readonly clock: Clock;
}

/** How often a waiting announcement is looked for. */
const lookEveryMs = 1_000;

/**
 * A chat in the terminal. Announcements are shown above the prompt as they come; those that came while nobody
 * sat there are shown at the next chat. `run` ends with the input, with `/quit` or Ctrl-C, and when the signal aborts. */
export function createTerminalChannel(options: TerminalChannelOptions): Channel {
  const { input, output, interactive, language, clock } = options;
  const say = options.phrases[language];
  const address: Address = {
    channel: 'terminal',
    chat: options.user.replace(/[^\p{Letter}\p{Number}_.-]/gu, '_') || 'me',
  };
  let lines: Interface | undefined;
  let above: Message | undefined;

  function print(message: Message): void {
    output.write(`${interactive ? '\n' : ''}${rendered(message)}\n`);
    if (!message.aside) above = message;
  }

  function rendered(message: Message): string {
    const { color, hyperlinks } = options;
    return renderTerminal(message, { width: options.width(), color, hyperlinks, interactive, say });
  }

  /** A word of the terminal itself, which leaves the choices of the message above it standing. */
  function note(text: string): void {
    output.write(rendered({ text, cards: [], actions: [] }));
  }

  function printAbovePrompt(message: Message): void {
    if (interactive) {
      cursorTo(output, 0);
      clearLine(output, 0);
    }
    print(message);
    if (interactive) lines?.prompt(true);
  }

  async function listen(signal: AbortSignal): Promise<void> {
    const news = createHeardNews(address, options.inbox, options.values);
    while (!signal.aborted) {
      for (const message of await news.next()) printAbovePrompt(message);
      await clock.sleep(lookEveryMs, signal);
    }
  }

  function incoming(input: Incoming['input']): Incoming {
    return { address, place: 'private', mayManage: true, language, input };
  }

  /** False: whoever sits there wants to leave. */
  async function take(line: string, conversation: Conversation, signal: AbortSignal): Promise<boolean> {
    const typed = readTypedLine(line, above);
    switch (typed.kind) {
      case 'quit':
        return false;
      case 'nothing':
        return true;
      case 'no-choice':
        note(say('terminal-no-choice'));
        return true;
      case 'url':
        note(typed.url);
        return true;
      default:
        print(await conversation.answer(incoming(typed), signal));
        return true;
    }
  }

  return {
    name: 'terminal',

    async run(conversation, signal) {
      const reader = createInterface({ input, ...(interactive && { output, prompt: '› ' }), terminal: interactive });
      const close = () => reader.close();
      signal.addEventListener('abort', close, { once: true });
      reader.on('SIGINT', close);
      // Lines that come before the loop starts would be lost without this.
      const typed = reader[Symbol.asyncIterator]();
      const left = new AbortController();
      let listening: Promise<void> | undefined;
      try {
        signal.throwIfAborted();
        if (interactive) {
          print(await conversation.answer(incoming({ command: { name: 'start', argument: '', page: 0 } }), signal));
          note(say('terminal-hint'));
          output.write('\n');
        }
        lines = reader;
        if (interactive) reader.prompt();
        if (interactive) listening = listen(left.signal);
        for await (const line of typed) {
          if (!(await take(line, conversation, signal))) break;
          if (interactive) reader.prompt();
        }
      } catch (fault) {
        if (!signal.aborted) throw fault;
      } finally {
        left.abort();
        await listening;
        if (interactive) output.write('\n');
        lines = undefined;
        signal.removeEventListener('abort', close);
        reader.close();
      }
    },
  };
}
