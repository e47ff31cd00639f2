import { readAtoms } from '../text/atoms.ts';
import { isCjk } from '../text/char-class.ts';
import { stem } from '../text/stem.ts';
import { joinOf, PART, pairsOf, STEM } from '../text/tokens.ts';
import { fillers } from './fillers.ts';

/** One way in which a name may stand in a text, in the tokens of the postings. Says nothing of any catalog. */
export interface Spelling {
  /** Folded. */
  readonly text: string;
  /** All tokens that must stand together in a field. */
  readonly tokens: readonly string[];
  /** The text itself must stand in the field; else the tokens are proof enough. */
  readonly literal: boolean;
  /** What it counts beside the name as it is. */
  readonly factor: number;
  readonly form: 'typed' | 'stem' | 'part';
  /** Of words that may stand apart: the tokens of which one must stand there, for each word. */
  readonly apart?: readonly (readonly string[])[];
}

/** What a phrase counts whose words stand apart. */
const LOOSE = 0.85;

/** The ways in which a name of any script is spelled: a word, a phrase, a CJK word, or a mixture. */
export function spellingsOf(name: string): readonly Spelling[] {
  if (isCjk(name)) return [spelling(name, pairsOf(name), name.length > 2)];
  const atoms = readAtoms(name, name);
  const [first] = atoms;
  if (!first) return [];
  if (atoms.length === 1) return spellingsOfWord(first.text);
  if (atoms.every((atom) => !atom.cjk) && atoms.length <= 3) {
    const joined = spelling(name, [joinOf(atoms.flatMap((atom) => atom.parts))], false);
    const apart = atoms.filter(({ text }) => !fillers.isEnglish(text, true)).map(({ text }) => formsOf(text));
    // Of `log in` the word that is left says something else.
    return apart.length < 2 ? [joined] : [joined, { ...spelling(name, [], false, LOOSE), apart }];
  }
  // A lone character is the beginning of some token, but not a token that can be looked up.
  const sure = atoms.filter((atom) => !atom.cjk || atom.text.length > 1);
  return [
    spelling(
      name,
      sure.flatMap((atom) => (atom.cjk ? pairsOf(atom.text) : [atom.text])),
      false,
    ),
  ];
}

/** A word itself, its stem, and as part of camel-case words. */
export function spellingsOfWord(word: string): readonly Spelling[] {
  const cut = stem(word);
  const found = [
    spelling(word, [word], false),
    spelling(word, [STEM + cut], false, 0.95, 'stem'),
    spelling(word, [PART + word], false, 0.9, 'part'),
  ];
  if (cut !== word) found.push(spelling(word, [cut], false, 0.95, 'stem'));
  return found;
}

function spelling(
  text: string,
  tokens: readonly string[],
  literal: boolean,
  factor = 1,
  form: Spelling['form'] = 'typed',
): Spelling {
  return { text, tokens, literal, factor, form };
}

/** The tokens of a word in any of its forms. */
function formsOf(word: string): readonly string[] {
  const cut = stem(word);
  return cut === word ? [word, STEM + cut] : [word, cut, STEM + cut];
}

/** Far more names than any one catalog answers to; some megabytes at most. */
const MOST_REMEMBERED = 10_000;

/**
 * Spellings of the names in the tables. The tables say the same names again and again, of which most stand in no post:
 * to read each one anew took longer than to look it up.
 */
export function createSpellings(): (name: string) => readonly Spelling[] {
  const remembered = new Map<string, readonly Spelling[]>();
  return (name) => {
    const known = remembered.get(name);
    if (known) return known;
    const found = spellingsOf(name);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(name, found);
    return found;
  };
}
