import { type Atom, readAtoms } from '../text/atoms.ts';
import { CJK, charClass } from '../text/char-class.ts';
import type { FoldedText } from '../text/fold.ts';
import { singular } from '../text/stem.ts';
import { joinOf } from '../text/tokens.ts';

/** A piece of a query that is looked for as one. */
export interface Piece {
  /** As typed, folded. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: 'word' | 'phrase' | 'cjk' | 'mixed';
  /** The words of it, without CJK. */
  readonly words: readonly string[];
  /** Finest parts of its words: what a join is made of. */
  readonly parts: readonly string[];
  /** A table, the catalog or the segmenter knows it as one word. */
  readonly known: boolean;
}

/** What the cutting asks of the tables. */
export interface Knowledge {
  /** A name in the glossary, by key. */
  isName(key: string): boolean;
  /** A word of the catalog or a filler. */
  isCjkWord(word: string): boolean;
  isFiller(piece: string): boolean;
  /** An English phrase of the dictionary. */
  isPhrase(words: readonly string[]): boolean;
  isWord(word: string): boolean;
  /** A word in letters that says nothing by itself, as `to` or `in`. */
  isPlainFiller(word: string): boolean;
  /** All pairs of characters of the piece stand in the catalog. */
  stands(piece: string): boolean;
  /** Words that stand in the catalog put together. */
  isJoin(token: string): boolean;
  segment(run: string): readonly string[];
}

/** One step of the cutting: a word, or one CJK character. */
interface Step {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly cjk: boolean;
  readonly parts: readonly string[];
  /** Nothing but a joint stands before it. */
  readonly joined: boolean;
  /** The segmenter has a border before it. */
  readonly border: boolean;
}

const JOINT = /^[\s\-_./'’]*$/;
const LONGEST_CJK = 8;
const LONGEST_WORDS = 4;
const LONGEST_MIXED = 8;
const MOST_STEPS = 160;

const KNOWN = 1;
const SEGMENTED = 1.15;
/** No table knows it, but the catalog has it: a new word, or one that the segmenter cuts in two. */
const STANDING = 1.35;
/** Longer ones cost more than the known words that they might be made of. */
const STANDING_MORE = 0.85;
const LONGEST_STANDING = 4;
const SINGLE = 1.4;
const SINGLE_FILLER = 0.9;
const AGREES = 0.1;
const PHRASE = 1.1;
const JOIN = 1.2;

/** Cuts a query into the fewest pieces that are words of something, by dynamic programming over its characters. */
export function cut(query: FoldedText, knowledge: Knowledge): Piece[] {
  const atoms = readAtoms(query.cased, query.lower);
  const [only] = atoms;
  if (only && atoms.length === 1 && isOneWord(only, knowledge)) return [pieceOfAtom(only)];
  const steps = readSteps(atoms, query.lower, knowledge).slice(0, MOST_STEPS);
  const best: { cost: number; from: number; known: boolean }[] = [{ cost: 0, from: 0, known: true }];
  for (let to = 1; to <= steps.length; to++) {
    let chosen = { cost: Number.POSITIVE_INFINITY, from: to - 1, known: false };
    for (let from = to - 1; from >= 0 && to - from <= LONGEST_MIXED; from--) {
      if (from < to - 1 && isApart(steps[from], steps[from + 1])) break;
      const price = priceOf(steps, from, to, query.lower, knowledge);
      if (price === undefined) continue;
      const cost = (best[from]?.cost ?? 0) + price.cost;
      if (cost < chosen.cost - 1e-9) chosen = { cost, from, known: price.known };
    }
    best.push(chosen);
  }
  const pieces: Piece[] = [];
  for (let to = steps.length; to > 0; ) {
    const { from, known } = best[to] ?? { from: to - 1, known: false };
    pieces.push(pieceOf(steps.slice(from, to), query.lower, known));
    to = from;
  }
  return pieces.reverse();
}

function priceOf(steps: readonly Step[], from: number, to: number, text: string, knowledge: Knowledge) {
  const first = steps[from];
  const last = steps[to - 1];
  if (!first || !last) return undefined;
  const size = to - from;
  if (size === 1 && !first.cjk) return { cost: KNOWN, known: true };
  const piece = text.slice(first.start, last.end);
  if (first.cjk && last.cjk && last.end - first.start === size) return cjkPrice(steps, from, to, piece, knowledge);
  const window = steps.slice(from, to);
  const key = window.map((step) => (step.cjk ? step.text : singular(step.text))).join('');
  if (knowledge.isName(key)) return { cost: KNOWN, known: true };
  if (size > LONGEST_WORDS || window.some((step) => step.cjk)) return undefined;
  const words = window.map((step) => step.text);
  if (words.some(knowledge.isPlainFiller)) return undefined;
  if (size <= 3 && knowledge.isPhrase(words)) return { cost: PHRASE, known: true };
  // Words that each stand in the catalog are better looked for one by one.
  const strange = words.filter((word) => !knowledge.isWord(word) || word.length < 3).length;
  return strange >= size - 1 && size <= 3 && knowledge.isJoin(joinOf(window.flatMap((step) => step.parts)))
    ? { cost: JOIN, known: true }
    : undefined;
}

function cjkPrice(steps: readonly Step[], from: number, to: number, piece: string, knowledge: Knowledge) {
  const size = to - from;
  if (size > LONGEST_CJK) return undefined;
  const agrees = (steps[from]?.border ?? true) && (to === steps.length || (steps[to]?.border ?? true));
  if (size === 1) return { cost: knowledge.isFiller(piece) ? SINGLE_FILLER : SINGLE, known: false };
  const bonus = agrees ? AGREES : 0;
  if (knowledge.isFiller(piece) || knowledge.isName(piece) || knowledge.isCjkWord(piece)) {
    return { cost: KNOWN - bonus, known: true };
  }
  if (agrees && !steps.slice(from + 1, to).some((step) => step.border)) return { cost: SEGMENTED - bonus, known: true };
  if (size > LONGEST_STANDING || !knowledge.stands(piece)) return undefined;
  return { cost: STANDING + STANDING_MORE * (size - 2) - bonus, known: true };
}

/** Chinese that is set apart by a space is meant to be apart. */
function isApart(before: Step | undefined, step: Step | undefined): boolean {
  if (!before || !step) return false;
  return !step.joined || (step.cjk && before.cjk && step.start > before.end);
}

function readSteps(atoms: readonly Atom[], text: string, knowledge: Knowledge): Step[] {
  const steps: Step[] = [];
  let lastEnd = 0;
  for (const atom of atoms) {
    const joined = lastEnd > 0 && (lastEnd === atom.start || JOINT.test(text.slice(lastEnd, atom.start)));
    lastEnd = atom.end;
    if (!atom.cjk) {
      steps.push({ ...atom, joined, border: true });
      continue;
    }
    const borders = new Set<number>();
    let position = 0;
    // What is one word needs no borders inside.
    for (const word of isOneWord(atom, knowledge) ? [atom.text] : knowledge.segment(atom.text)) {
      borders.add(position);
      position += word.length;
    }
    for (let at = 0; at < atom.text.length; at++) {
      const start = atom.start + at;
      steps.push({
        text: atom.text.charAt(at),
        start,
        end: start + 1,
        cjk: true,
        parts: [],
        joined: at > 0 || joined,
        border: borders.has(at),
      });
    }
  }
  return steps;
}

function isOneWord({ text: run, cjk }: Atom, knowledge: Knowledge): boolean {
  if (!cjk) return true;
  if (run.length < 2 || run.length > LONGEST_CJK) return false;
  return knowledge.isFiller(run) || knowledge.isName(run) || knowledge.isCjkWord(run);
}

function pieceOfAtom({ text, start, end, cjk, parts }: Atom): Piece {
  return { text, start, end, kind: cjk ? 'cjk' : 'word', words: cjk ? [] : [text], parts, known: true };
}

function pieceOf(steps: readonly Step[], text: string, known: boolean): Piece {
  const start = steps[0]?.start ?? 0;
  const end = steps.at(-1)?.end ?? start;
  const words = steps.filter((step) => !step.cjk).map((step) => step.text);
  const cjk = steps.length - words.length;
  return {
    text: text.slice(start, end),
    start,
    end,
    kind: cjk === 0 ? (words.length === 1 ? 'word' : 'phrase') : words.length === 0 ? 'cjk' : 'mixed',
    words,
    parts: steps.flatMap((step) => step.parts),
    known,
  };
}

/** True if the piece is one CJK character. */
export function isSingle(piece: Piece): boolean {
  return piece.text.length === 1 && charClass(piece.text.charCodeAt(0)) === CJK;
}
