import type { View } from '../corpus/view.ts';
import { pairsOf } from '../text/tokens.ts';
import type { Sounds } from './sounds.ts';
import { findTerm, type Term } from './term.ts';

/** What a row of letters says when it is read as pinyin. */
export interface PinyinReading {
  /** One list of spellings for each part that hangs together, in order. */
  readonly parts: readonly (readonly Term[])[];
}

interface Step {
  readonly letters: string;
  readonly single: boolean;
}

const LONGEST = 48;
const WORD = 1;
const SINGLE = 1.55;
const MOST_TRIED = 48;
const MOST_KEPT = 6;
const WEIGHT = 0.8;
/** More than this share of the syllables may not be left over. */
const MOST_LEFT = 0.34;

/**
 * Reads letters without tones and spaces as pinyin of words that the catalog holds: the fewest words, then put
 * together as far as the catalog has them side by side. Undefined if they are no pinyin or nothing answers.
 */
export function readPinyin(letters: string, view: View, sounds: Sounds): PinyinReading | undefined {
  if (letters.length < 2 || letters.length > LONGEST) return undefined;
  const steps = stepsOf(letters, sounds);
  if (!steps) return undefined;
  const parts: Term[][] = [];
  let left = 0;
  let row: readonly string[] = [];
  const close = () => {
    const terms = row.flatMap((text) => termOf(view, text) ?? []);
    if (terms.some((term) => term.text.length > 1)) parts.push(best(terms.filter((term) => term.text.length > 1)));
    else if (row.length > 0) left++;
    row = [];
  };
  for (const step of steps) {
    const spellings = (step.single ? sounds.charactersOf(step.letters) : sounds.wordsOf(step.letters)).slice(
      0,
      MOST_TRIED,
    );
    if (row.length === 0) {
      row = spellings;
      continue;
    }
    const longer = combine(row, spellings).filter((text) => termOf(view, text));
    if (longer.length > 0) {
      row = longer.slice(0, MOST_TRIED);
      continue;
    }
    close();
    row = spellings;
  }
  close();
  if (parts.length === 0 || left > steps.length * MOST_LEFT) return undefined;
  return { parts };
}

function best(terms: readonly Term[]): Term[] {
  return [...terms].sort((a, b) => b.posts - a.posts || (a.text < b.text ? -1 : 1)).slice(0, MOST_KEPT);
}

function termOf(view: View, text: string): Term | undefined {
  return findTerm(view, { text, tokens: pairsOf(text), literal: text.length > 2 }, WEIGHT, 'pinyin');
}

function combine(starts: readonly string[], ends: readonly string[]): string[] {
  const found: string[] = [];
  for (const start of starts) {
    for (const end of ends) {
      found.push(start + end);
      if (found.length === MOST_TRIED * 4) return found;
    }
  }
  return found;
}

function stepsOf(letters: string, sounds: Sounds): Step[] | undefined {
  const best: ({ cost: number; from: number; single: boolean } | undefined)[] = [{ cost: 0, from: 0, single: false }];
  for (let to = 1; to <= letters.length; to++) {
    let chosen: { cost: number; from: number; single: boolean } | undefined;
    for (let from = to - 1; from >= 0 && to - from <= LONGEST; from--) {
      const before = best[from];
      if (!before) continue;
      const piece = letters.slice(from, to);
      const word = sounds.wordsOf(piece).length > 0;
      const single = !word && to - from <= 6 && sounds.charactersOf(piece).length > 0;
      if (!word && !single) continue;
      const cost = before.cost + (word ? WORD : SINGLE);
      if (!chosen || cost < chosen.cost) chosen = { cost, from, single };
    }
    best.push(chosen);
  }
  if (!best[letters.length]) return undefined;
  const steps: Step[] = [];
  for (let to = letters.length; to > 0; ) {
    const chosen = best[to];
    if (!chosen) return undefined;
    steps.push({ letters: letters.slice(chosen.from, to), single: chosen.single });
    to = chosen.from;
  }
  return steps.reverse();
}
