import type { View } from '../corpus/view.ts';
import { pairsOf } from '../text/tokens.ts';
import type { Piece } from './cut.ts';
import { isSingle } from './cut.ts';
import { COMPOUND, type Expansion, equalTerms, translationTerms } from './expand-word.ts';
import { fillers } from './fillers.ts';
import type { Lexicon } from './lexicon.ts';
import { lookAlikes } from './look-alikes.ts';
import { characterTerm, findTerm, nameTerms, spelledTerms, type Term } from './term.ts';
import type { CompoundPart } from './unit.ts';

const DICTIONARY = 0.7;
const DICTIONARY_BESIDE_TYPED = 0.5;
const HOMOPHONE = 0.75;
const LOOK_ALIKE = 0.7;
const LONGEST_PART = 4;
/** Each part costs so many characters, so that few long ones win over many short ones. */
const PART_COST = 0.5;

/** The spellings of a piece in CJK characters. */
export function expandCjk(piece: Piece, view: View, lexicon: Lexicon): Expansion {
  if (isSingle(piece)) {
    const term = characterTerm(view, piece.text, 1);
    return { terms: [...(term ? [term] : []), ...equalTerms(piece, view, lexicon)], parts: [] };
  }
  const typed = nameTerms(view, piece.text, 1, 'typed');
  const factor = typed.length > 0 ? DICTIONARY_BESIDE_TYPED : DICTIONARY;
  const translated = translationTerms(lexicon.dictionary.toEnglish(piece.text), view, lexicon, factor);
  const terms = [...typed, ...equalTerms(piece, view, lexicon), ...translated];
  return { terms, parts: compoundParts(piece.text, view) };
}

/** The spellings of a piece that mixes scripts, such as `AI作图`. */
export function expandMixed(piece: Piece, view: View, lexicon: Lexicon): Expansion {
  return { terms: [...nameTerms(view, piece.text, 1, 'typed'), ...equalTerms(piece, view, lexicon)], parts: [] };
}

/** The words inside a compound by which a post may answer that does not hold it as a whole: the most characters, the fewest words. */
function compoundParts(text: string, view: View): CompoundPart[] {
  if (text.length < 4) return [];
  const best: { covered: number; from: number; term: Term | undefined }[] = [{ covered: 0, from: 0, term: undefined }];
  for (let to = 1; to <= text.length; to++) {
    let chosen = { covered: best[to - 1]?.covered ?? 0, from: to - 1, term: undefined as Term | undefined };
    for (let size = 2; size <= Math.min(to, LONGEST_PART, text.length - 1); size++) {
      const covered = (best[to - size]?.covered ?? 0) + size - PART_COST;
      if (covered <= chosen.covered) continue;
      const word = text.slice(to - size, to);
      if (fillers.isChinese(word)) continue;
      const term = findTerm(view, { text: word, tokens: pairsOf(word), literal: size > 2 }, COMPOUND, 'compound');
      if (term) chosen = { covered, from: to - size, term };
    }
    best.push(chosen);
  }
  const parts: CompoundPart[] = [];
  for (let to = text.length; to > 0; to = best[to]?.from ?? 0) {
    const term = best[to]?.term;
    if (term) parts.push({ term, share: term.text.length / text.length });
  }
  return parts;
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
      found.push(...spelledTerms(view, lexicon.spellingsOf(equal.text), weight * equal.weight, origin));
    }
  };
  for (const word of lexicon.sounds.homophonesOf(text)) put(word, HOMOPHONE, 'homophone');
  for (const word of lookAlikes(text)) {
    if (view.vocabulary.hasCjk(word) || lexicon.glossary.has(word)) put(word, LOOK_ALIKE, 'look-alike');
  }
  return found;
}
