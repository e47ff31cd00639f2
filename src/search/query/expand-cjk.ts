import type { View } from '../corpus/view.ts';
import { pairsOf } from '../text/tokens.ts';
import type { Piece } from './cut.ts';
import { isSingle } from './cut.ts';
import { COMPOUND, type Expansion, equalTerms, translationTerms } from './expand-word.ts';
import type { Lexicon } from './lexicon.ts';
import { lookAlikes } from './look-alikes.ts';
import { characterTerm, findTerm, nameTerms, type Term } from './term.ts';
import type { CompoundPart } from './unit.ts';

const DICTIONARY = 0.7;
const DICTIONARY_BESIDE_TYPED = 0.5;
const HOMOPHONE = 0.75;
const LOOK_ALIKE = 0.7;

/** The spellings of a piece in CJK characters. */
export function expandCjk(piece: Piece, view: View, lexicon: Lexicon): Expansion {
  if (isSingle(piece)) {
    const term = characterTerm(view, piece.text, 1);
    return { terms: [...(term ? [term] : []), ...equalTerms(piece, view, lexicon)], parts: [] };
  }
  const typed = nameTerms(view, piece.text, 1, 'typed');
  const factor = typed.length > 0 ? DICTIONARY_BESIDE_TYPED : DICTIONARY;
  const translated = translationTerms(lexicon.dictionary.toEnglish(piece.text), view, factor);
  const terms = [...typed, ...equalTerms(piece, view, lexicon), ...translated];
  return { terms, parts: typed.length > 0 ? [] : compoundParts(piece.text, view, lexicon) };
}

/** The spellings of a piece that mixes scripts, such as `AI作图`. */
export function expandMixed(piece: Piece, view: View, lexicon: Lexicon): Expansion {
  return { terms: [...nameTerms(view, piece.text, 1, 'typed'), ...equalTerms(piece, view, lexicon)], parts: [] };
}

/** The words inside a compound that the catalog does not hold as a whole. */
function compoundParts(text: string, view: View, lexicon: Lexicon): CompoundPart[] {
  if (text.length < 3) return [];
  let words = lexicon.segment(text);
  if (words.length === 1) words = text.length === 4 ? [text.slice(0, 2), text.slice(2)] : pairsOf(text);
  const shares = words.reduce((sum, word) => sum + word.length, 0);
  return words.flatMap((word) => {
    if (word.length < 2) return [];
    const term = findTerm(view, { text: word, tokens: pairsOf(word), literal: word.length > 2 }, COMPOUND, 'compound');
    return term ? [{ term, share: word.length / shares }] : [];
  });
}

/** Words that sound or look like this one; for what no table can read. */
export function mistakenTerms(text: string, view: View, lexicon: Lexicon): Term[] {
  lexicon.sounds.learn(view.vocabulary.cjkWords);
  const found: Term[] = [];
  const seen = new Set<string>();
  const put = (word: string, weight: number, origin: 'homophone' | 'look-alike') => {
    if (seen.has(word)) return;
    seen.add(word);
    const [typed] = nameTerms(view, word, weight, origin);
    if (typed) found.push(typed);
    for (const equal of lexicon.glossary.equalsOf(word)) {
      found.push(...nameTerms(view, equal.text, weight * equal.weight, origin));
    }
  };
  for (const word of lexicon.sounds.homophonesOf(text)) put(word, HOMOPHONE, 'homophone');
  for (const word of lookAlikes(text)) {
    if (view.vocabulary.hasCjk(word) || lexicon.glossary.has(word)) put(word, LOOK_ALIKE, 'look-alike');
  }
  return found;
}
