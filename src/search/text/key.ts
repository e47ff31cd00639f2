import { type Atom, readAtoms } from './atoms.ts';
import { BREAK, charClass, isCjk } from './char-class.ts';
import type { FoldedText } from './fold.ts';
import { singular } from './stem.ts';

/** What two spellings of one name share: `Fine-tuning`, `fine tuning` and `finetuning` are one key. */
export function keyOf(atoms: readonly Atom[]): string {
  let key = '';
  for (const atom of atoms) key += atom.cjk ? atom.text : singular(atom.text);
  return key;
}

export function keyOfText(text: FoldedText): string {
  // Half of all names are one run of Chinese, of which nothing is to be read.
  return isCjk(text.lower) ? text.lower : keyOf(readAtoms(text.cased, text.lower));
}

/** A text without all that is neither letter nor digit. */
export function compactOf(text: string): string {
  let compact = '';
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && charClass(text.charCodeAt(at)) !== BREAK) continue;
    compact += text.slice(start, at);
    start = at + 1;
  }
  return compact;
}
