import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Deliverer } from '../../announce/deliverer.ts';
import type { Conversation, Incoming } from '../../conversation/conversation.ts';
import type { Phrases } from '../../conversation/phrases/phrases.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Message } from '../../message/message.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Language } from '../../subscribers/subscriber.ts';
import type { Channel } from '../channel.ts';
import { createTerminalDeliverer } from './deliverer.ts';
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
  readonly clock: Clock;
}

export interface TerminalChannel extends Channel {
  readonly name: 'terminal';
  readonly deliverer: Deliverer;
}

/** A chat in the terminal. `run` ends with the input, with `/quit` or Ctrl-C, and when the signal aborts. */
export function createTerminalChannel(options: TerminalChannelOptions): TerminalChannel {
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

  function printAbovePrompt(message: Message): boolean {
    if (!lines) return false;
    if (interactive) {
      cursorTo(output, 0);
      clearLine(output, 0);
    }
    print(message);
    if (interactive) lines.prompt(true);
    return true;
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
    deliverer: createTerminalDeliverer({ address, show: printAbovePrompt, clock }),

    async run(conversation, signal) {
      const reader = createInterface({ input, ...(interactive && { output, prompt: '› ' }), terminal: interactive });
      const close = () => reader.close();
      signal.addEventListener('abort', close, { once: true });
      reader.on('SIGINT', close);
      // Lines that come before the loop starts would be lost without this.
      const typed = reader[Symbol.asyncIterator]();
      try {
        signal.throwIfAborted();
        if (interactive) {
          print(await conversation.answer(incoming({ command: { name: 'start', argument: '', page: 0 } }), signal));
          note(say('terminal-hint'));
          output.write('\n');
        }
        lines = reader;
        if (interactive) reader.prompt();
        for await (const line of typed) {
          if (!(await take(line, conversation, signal))) break;
          if (interactive) reader.prompt();
        }
      } catch (fault) {
        if (!signal.aborted) throw fault;
      } finally {
        if (interactive) output.write('\n');
        lines = undefined;
        signal.removeEventListener('abort', close);
        reader.close();
      }
    },
  };
}
