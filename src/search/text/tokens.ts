import type { Atom } from './atoms.ts';
import { singular, stem } from './stem.ts';

/** Marks a token that is the stem of a word, not a word. */
export const STEM = '~';
/** Marks a token that is a part of a camel-case word, not a word of its own. */
export const PART = '^';

/** Marks the initials of a row of words, as `@nlp` for natural language processing. */
export const INITIALS = '@';

/** Joined words, as `stable diffusion`, `GPT-4`: the parts without what stands between, the last one singular. */
export function joinOf(parts: readonly string[]): string {
  const last = parts.length - 1;
  return parts.map((part, at) => (at === last ? singular(part) : part)).join('');
}

/**
 * The tokens by which a text is looked up. Chinese, Japanese and Korean: each pair of characters, and the last
 * character of a run, so that a single character is the beginning of some token wherever it stands. Words: as they
 * are, their stems, their camel-case parts, and two (or `joins`) neighbouring parts put together.
 */
export function tokensOf(atoms: readonly Atom[], joins: 2 | 3): string[] {
  const tokens: string[] = [];
  let row: string[] = [];
  for (const atom of atoms) {
    if (atom.cjk) {
      row = [];
      pushPairs(tokens, atom.text);
      continue;
    }
    if (!atom.joined) row = [];
    pushWord(tokens, atom);
    for (const part of atom.parts) {
      row.push(part);
      for (let size = 2; size <= joins && size <= row.length; size++) tokens.push(joinOf(row.slice(-size)));
    }
    if (row.length > 3) row = row.slice(-3);
  }
  return tokens;
}

/** The tokens that all stand in a text that holds this CJK run. */
export function pairsOf(run: string): string[] {
  if (run.length === 1) return [run];
  const pairs: string[] = [];
  for (let at = 0; at + 1 < run.length; at++) pairs.push(run.slice(at, at + 2));
  return pairs;
}

function pushPairs(tokens: string[], run: string): void {
  for (let at = 0; at < run.length; at++) tokens.push(run.slice(at, at + 2));
}

function pushWord(tokens: string[], atom: Atom): void {
  tokens.push(atom.text);
  const cut = stem(atom.text);
  if (cut !== atom.text) tokens.push(STEM + cut);
  if (atom.parts.length === 1) {
    const only = atom.parts[0];
    if (only !== undefined && only !== atom.text) tokens.push(PART + only);
    return;
  }
  for (const part of atom.parts) {
    if (part.length < 3) continue;
    tokens.push(PART + part);
  }
}

/** The initials of each row of three to five neighbouring words; `of` and `and` are passed over. */
export function initialismsOf(atoms: readonly Atom[]): string[] {
  const found: string[] = [];
  let row = '';
  for (const atom of atoms) {
    if (atom.cjk || !atom.joined) row = '';
    if (atom.cjk || /^(of|and|the|for|to|in)$/.test(atom.text)) continue;
    if (!/^[a-z]{2,}/.test(atom.text)) {
      row = '';
      continue;
    }
    row = (row + atom.text.charAt(0)).slice(-5);
    for (let size = 3; size <= row.length; size++) found.push(INITIALS + row.slice(-size));
  }
  return found;
}
