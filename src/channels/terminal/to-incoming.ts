import type { Command } from '../../message/command.ts';
import type { Message } from '../../message/message.ts';
import { choicesOf } from './render.ts';

/** What a typed line asks for, seen from the message that stands above it. */
export type TypedLine =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'command'; readonly command: Command }
  /** A button that opens an address. */
  | { readonly kind: 'url'; readonly url: string }
  /** The number of a choice that there is not. */
  | { readonly kind: 'no-choice' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'quit' };

/**
 * `2` opens the post of that rank and `>2` chooses a button, `n` and `p` turn pages where there are any, `/quit`
 * leaves; the rest is for the bot.
 */
export function readTypedLine(line: string, above: Message | undefined): TypedLine {
  const typed = line.normalize('NFKC').trim().toLowerCase();
  if (typed === '') return { kind: 'nothing' };
  if (typed === '/quit' || typed === '/exit') return { kind: 'quit' };

  const turn = typed === 'n' ? above?.page?.next : typed === 'p' ? above?.page?.previous : undefined;
  if (turn) return { kind: 'command', command: turn };

  const ranked = above && /^\d{1,5}$/.test(typed) ? postOfRank(above, Number(typed)) : undefined;
  if (ranked) return { kind: 'command', command: { name: 'post', argument: ranked, page: 0 } };

  const [, number] = /^[>》]\s*(\d{1,3})$/.exec(typed) ?? [];
  if (number === undefined) return { kind: 'text', text: line };
  const choice = above && choicesOf(above)[Number(number) - 1];
  if (!choice) return { kind: 'no-choice' };
  return 'url' in choice ? { kind: 'url', url: choice.url } : { kind: 'command', command: choice.command };
}

/** The id of the post that stands there under this number. */
function postOfRank({ cards, firstRank }: Message, rank: number): string | undefined {
  return firstRank === undefined ? undefined : cards[rank - firstRank]?.postId;
}
