import type { Command } from '../../message/command.ts';
import type { ShownList } from './reader-memory.ts';
import { withoutControls } from './xml.ts';

/** What a reader means by a text, seen beside the list that they look at. */
export type Meaning =
  | { readonly kind: 'ask'; readonly input: { readonly text: string } | { readonly command: Command } }
  /** The card of one post. */
  | { readonly kind: 'open'; readonly postId: string }
  /** They turn a page where there is none. */
  | { readonly kind: 'no-page' };

const nextWords = new Set(['n', 'next', '下一页', '下页', '下一頁', '更多']);
const previousWords = new Set(['p', 'prev', 'previous', '上一页', '上页', '上一頁']);

/**
 * `3` opens what stands at 3, `n` turns the page; everything else, also a number that stands nowhere, is
 * for the conversation. Full-width digits and letters count as plain ones.
 */
export function meaningOf(text: string, list: ShownList | undefined): Meaning {
  const tidy = withoutControls(text).trim();
  const word = tidy.normalize('NFKC').toLowerCase();
  const number = /^(?:第)?(\d{1,3})(?:[.、。]|篇)?$/.exec(word)?.[1];
  if (number !== undefined) {
    const postId = list?.posts[Number(number)];
    if (postId !== undefined) return { kind: 'open', postId };
    const command = list?.choices[Number(number) - 1];
    if (command) return { kind: 'ask', input: { command } };
  }
  if (nextWords.has(word)) return turn(list?.next);
  if (previousWords.has(word)) return turn(list?.previous);
  return { kind: 'ask', input: { text: tidy } };
}

function turn(command: Command | undefined): Meaning {
  return command ? { kind: 'ask', input: { command } } : { kind: 'no-page' };
}
