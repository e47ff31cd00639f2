import { LRUCache } from 'lru-cache';
import type { View } from '../corpus/view.ts';
import type { FoldedText } from '../text/fold.ts';
import { compactOf, keyOfText } from '../text/key.ts';
import { cut, isSingle, type Knowledge, type Piece } from './cut.ts';
import type { Draft } from './draft.ts';
import { expandCjk, expandMixed } from './expand-cjk.ts';
import { type Expansion, expandWords, keyOfPiece } from './expand-word.ts';
import { fillers } from './fillers.ts';
import { createKnowledge, withDictionary } from './knowledge.ts';
import type { Lexicon } from './lexicon.ts';
import { mendMistakes } from './mend-mistakes.ts';
import { isForeignName, isUnknownName, type Missing, missingOf } from './missing.ts';
import { joinOrdinals, ordinalOfPiece } from './ordinal.ts';
import { otherNamesOf } from './other-names.ts';
import { isPairApart } from './pair-apart.ts';
import { readAsPinyin } from './read-as-pinyin.ts';
import { asideKinds, isBrief, rolesOf } from './roles.ts';
import { type SmallTalk, smallTalkOf } from './small-talk.ts';
import { nameTerms } from './term.ts';
import type { Unit } from './unit.ts';
import { unitOf } from './weigh-unit.ts';

/** A query made ready to be ranked: what it asks for, and how that can be found. */
export interface Plan {
  /** The words of the query, folded. */
  readonly text: string;
  /** The same as a key; see `keyOf`. */
  readonly key: string;
  /** The same without spaces and punctuation. */
  readonly compact: string;
  readonly units: readonly Unit[];
  /** See `otherNamesOf`. */
  readonly otherNames: ReadonlySet<string>;
  /** Tokens that a reader typed, fillers too. */
  readonly tokens: number;
  /** A unit in letters that nothing in the catalog or the tables explains. */
  readonly unknownName: boolean;
  /** One spelling may serve two of the units. */
  readonly ambiguous: boolean;
  /** Such a unit is a name of four letters or more, for which not even something related is found. */
  readonly foreignName: boolean;
  /** Two things are asked for that no post has together; see `isPairApart`. */
  readonly apart: boolean;
  /** How much of what is asked for is nowhere in the catalog. */
  readonly missing: Missing;
  readonly smallTalk: SmallTalk | undefined;
}

const MOST_UNITS = 24;

/** What planning reads: one snapshot, what is known of words, and the expansions made lately. */
interface Sources {
  readonly view: View;
  readonly lexicon: Lexicon;
  readonly knowledge: Knowledge;
  /** Where the knowledge of the catalog is not enough. */
  readonly wider: Knowledge;
  readonly recent: Expansions;
}

type Expansions = Pick<Map<string, Expansion>, 'get' | 'clear'> & {
  set(key: string, expansion: Expansion): unknown;
};

/** People ask with the same words again and again, saved queries most of all. */
const REMEMBERED_PIECES = 2000;
/** They turn the pages of one query, and narrow it by category and year. */
const REMEMBERED_PLANS = 1000;
/** Both together hold lists of at most so many entries, of 8 bytes each, even if the catalog is large. */
const REMEMBERED_ENTRIES = 2_000_000;

/** Makes plans for one snapshot. Work is bounded by `QUERY_LIMIT`, whatever the text. */
export function createPlanner(view: View, lexicon: Lexicon): (text: string) => Plan {
  const recent: Expansions = lexicon.remembers
    ? new LRUCache<string, Expansion>({
        max: REMEMBERED_PIECES,
        maxSize: REMEMBERED_ENTRIES / 2,
        sizeCalculation: entriesOf,
      })
    : new Map();
  const plans = new LRUCache<string, Plan>({
    max: REMEMBERED_PLANS,
    maxSize: REMEMBERED_ENTRIES / 2,
    sizeCalculation: ({ units }) => units.reduce((sum, unit) => sum + entriesOf(unit), 1),
  });
  let sources: Sources | undefined;
  let corpusSize = view.corpusSize();
  return (text) => {
    // What is remembered holds lists of the corpus, which grow when a later snapshot adds documents.
    if (view.corpusSize() !== corpusSize) {
      recent.clear();
      plans.clear();
    }
    corpusSize = view.corpusSize();
    const known = plans.get(text);
    if (known) return known;
    if (!lexicon.remembers) recent.clear();
    // Not before the first query: the tables take a while to load.
    sources ??= sourcesOf(view, lexicon, recent);
    const plan = planQuery(text, sources);
    if (lexicon.remembers) plans.set(text, plan);
    return plan;
  };
}

/** At least one, since nothing of no size can be kept. */
function entriesOf({ terms, parts }: Expansion): number {
  let entries = 1;
  for (const term of terms) entries += term.entries.length;
  for (const { term } of parts) entries += term.entries.length;
  return entries;
}

function sourcesOf(view: View, lexicon: Lexicon, recent: Sources['recent']): Sources {
  const knowledge = createKnowledge(view, lexicon);
  return { view, lexicon, knowledge, wider: withDictionary(knowledge, lexicon), recent };
}

/** Cuts the query and looks up each piece. */
function planQuery(text: string, sources: Sources): Plan {
  const { view, lexicon } = sources;
  const folded = lexicon.fold(text);
  const pieces = joinOrdinals(cutQuery(folded, sources), folded.lower).slice(0, MOST_UNITS * 2);
  const roles = asideKinds(rolesOf(pieces, isBrief(pieces), lexicon), pieces);
  let drafts: Draft[] = pieces.map((piece, at) => ({
    piece,
    role: roles[at] ?? 'asked',
    ordinal: roles[at] === 'ordinal' ? ordinalOfPiece(piece.text) : undefined,
    expansion: expand(piece, roles[at] ?? 'asked', sources, at === pieces.length - 1),
  }));
  drafts = drafts.flatMap((draft) => splitUnfound(draft, isBrief(pieces), sources));
  drafts = readAsPinyin(drafts, view, lexicon);
  drafts = mendMistakes(drafts, view, lexicon, folded.lower);
  // Of two English words the last is the thing; if the catalog has nothing of the first, it only says of what kind.
  const asked = drafts.filter(({ role }) => role === 'asked');
  const head = asked.length === 2 && asked[0]?.expansion.terms.length === 0 ? asked[1] : undefined;
  const compact = compactOf(folded.lower);
  const units = drafts.slice(0, MOST_UNITS).map((draft) => unitOf(draft, view, lexicon, asked.length, draft === head));
  return {
    text: folded.lower.trim(),
    key: keyOfText(folded),
    compact,
    units,
    otherNames: otherNamesOf(units),
    tokens: pieces.length,
    smallTalk: smallTalkOf(compact, pieces),
    apart: isPairApart(units),
    missing: missingOf(units),
    unknownName: units.some(isUnknownName),
    foreignName: units.some(isForeignName),
    ambiguous: isAmbiguous(units),
  };
}

/** Where a character is left over, a word was cut that the catalog lacks: then the dictionary is asked too. */
function cutQuery(folded: FoldedText, { knowledge, wider }: Sources): Piece[] {
  const pieces = cut(folded, knowledge);
  if (!pieces.some((piece) => isSingle(piece) && !fillers.isChinese(piece.text))) return pieces;
  return cut(folded, wider);
}

function isAmbiguous(units: readonly Unit[]): boolean {
  const owners = new Map<string, Unit>();
  for (const unit of units) {
    for (const { text } of unit.terms) {
      if ((owners.get(text) ?? unit) !== unit) return true;
      owners.set(text, unit);
    }
  }
  return false;
}

function expand(piece: Piece, role: Unit['role'], { view, lexicon, recent }: Sources, last: boolean): Expansion {
  const place = role !== 'asked' ? 'bare' : last ? 'last' : 'inner';
  const key = `${place} ${piece.kind} ${piece.parts.join('+')} ${piece.text}`;
  const known = recent.get(key);
  if (known) return known;
  const found =
    role !== 'asked'
      ? { terms: nameTerms(view, piece.text, 1, 'typed'), parts: [] }
      : piece.kind === 'cjk'
        ? expandCjk(piece, view, lexicon)
        : piece.kind === 'mixed'
          ? expandMixed(piece, view, lexicon)
          : expandWords(piece, view, lexicon, last);
  recent.set(key, found);
  return found;
}

/** A compound or phrase that nothing in the catalog answers is looked for by the words that it is made of. */
function splitUnfound(draft: Draft, brief: boolean, sources: Sources): Draft[] {
  const { wider, lexicon } = sources;
  const { piece, role, expansion } = draft;
  const composite = piece.kind === 'cjk' ? piece.text.length > 3 : piece.kind !== 'word';
  if (role !== 'asked' || !composite || expansion.terms.length > 0) return [draft];
  const whole = keyOfPiece(piece);
  const within: Knowledge = {
    ...wider,
    isName: (key) => key !== whole && wider.isName(key),
    isPhrase: (words) => words.length < piece.words.length && wider.isPhrase(words),
    isCjkWord: (word) => word !== piece.text && wider.isCjkWord(word),
    segment: (run) => (run === piece.text ? Array.from(run) : wider.segment(run)),
  };
  const pieces = cut({ cased: piece.text, lower: piece.text }, within);
  // A piece of one character says too little: what is left of 区块链 is not what was asked.
  if (pieces.length < 2 || pieces.some((each) => isSingle(each) && !fillers.isChinese(each.text))) return [draft];
  const named = isTermHere(piece, sources);
  // In a name no word says what kind of article is wanted: 学习 is half of what 联邦学习 says.
  const roles = named ? rolesOf(pieces, brief, lexicon) : asideKinds(rolesOf(pieces, brief, lexicon), pieces);
  const found = pieces.map((each, at): Draft => {
    const moved = { ...each, start: each.start + piece.start, end: each.end + piece.start };
    const as = roles[at] === 'ordinal' ? 'asked' : (roles[at] ?? 'asked');
    return { piece: moved, role: as, ordinal: undefined, split: true, expansion: expand(moved, as, sources, false) };
  });
  const asked = found.filter((each) => each.role === 'asked');
  const isFound = (each: Draft) => each.expansion.terms.length > 0;
  // Of a name that is known half of it says something else: 学习 is not 联邦学习.
  const enough = named ? asked.every(isFound) : asked.some(isFound);
  return enough ? found : [draft];
}

function isTermHere(piece: Piece, { lexicon }: Sources): boolean {
  return lexicon.glossary.isTerm(keyOfPiece(piece));
}
