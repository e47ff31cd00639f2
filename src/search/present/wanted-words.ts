import { type Atom, readAtoms } from '../text/atoms.ts';
import { stem } from '../text/stem.ts';
import { joinOf } from '../text/tokens.ts';

/** The range of a text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The words to be marked in a text, as the index knows them: whole, by their stem, as a part, or put together from
 * neighbours. All are looked for in one walk over a text, however many there are.
 */
export interface WantedWords {
  readonly whole: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  /** How the stems begin; most words of a text begin otherwise and needn't be cut to theirs. */
  readonly heads: ReadonlySet<number>;
  readonly joins: ReadonlySet<string>;
}

/** @param texts folded; a text without any word wants nothing. */
export function wantedWords(texts: Iterable<string>): WantedWords {
  const whole = new Set<string>();
  const stems = new Set<string>();
  const joins = new Set<string>();
  for (const text of texts) {
    const atoms = readAtoms(text, text);
    const [first] = atoms;
    if (!first) continue;
    whole.add(text);
    joins.add(joinOf(atoms.flatMap(({ parts }) => parts)));
    if (atoms.length === 1) stems.add(stem(first.text));
  }
  return { whole, stems, heads: new Set(Array.from(stems, headOf)), joins };
}

/** The ranges of wanted words in the text that was read into these atoms, in the order in which they begin. */
export function wordRanges(lower: string, atoms: readonly Atom[], wanted: WantedWords, most: number): Range[] {
  const found: Range[] = [];
  for (let at = 0; at < atoms.length && found.length < most; at++) {
    const atom = atoms[at];
    if (!atom || atom.cjk) continue;
    if (isWanted(atom.text, wanted)) found.push(atom);
    else if (atom.parts.length > 1) pushParts(found, lower, atom, wanted);
    if (atom.parts.length > 1 || atoms[at + 1]?.joined) pushJoins(found, atoms, at, wanted);
  }
  return found;
}

function isWanted(word: string, { whole, heads, stems }: WantedWords): boolean {
  return whole.has(word) || (heads.has(headOf(word)) && stems.has(stem(word)));
}

/** The first two units: no ending that a stem loses reaches them. */
function headOf(word: string): number {
  return word.charCodeAt(0) * 0x10000 + word.charCodeAt(1);
}

function pushParts(found: Range[], lower: string, { start, parts }: Atom, { whole }: WantedWords): void {
  let from = start;
  for (const part of parts) {
    if (whole.has(part) && lower.startsWith(part, from)) found.push({ start: from, end: from + part.length });
    from += part.length;
  }
}

/** Parts of this word and its neighbours that make a wanted one when put together, as `GPT-4` makes `gpt4`. */
function pushJoins(found: Range[], atoms: readonly Atom[], from: number, { joins }: WantedWords): void {
  const parts: { text: string; start: number; end: number }[] = [];
  for (let at = from; at < atoms.length && at < from + 3; at++) {
    const atom = atoms[at];
    if (!atom || atom.cjk || (at > from && !atom.joined)) break;
    let start = atom.start;
    for (const text of atom.parts) {
      parts.push({ text, start, end: start + text.length });
      start += text.length;
    }
  }
  const own = atoms[from]?.parts.length ?? 0;
  for (let first = 0; first < own; first++) {
    for (let size = 2; size <= 3 && first + size <= parts.length; size++) {
      const row = parts.slice(first, first + size);
      if (!joins.has(joinOf(row.map(({ text }) => text)))) continue;
      found.push({ start: row[0]?.start ?? 0, end: row.at(-1)?.end ?? 0 });
    }
  }
}
