import { listOf } from '../../kernel/list-of.ts';
import { stem } from '../text/stem.ts';
import type { SpeltConcept, SpeltName } from './spelt-glossary.ts';

/** Another name for what was typed, and how much less than the typed word it counts. */
export interface Equal {
  readonly text: string;
  readonly weight: number;
  readonly origin: 'glossary' | 'related' | 'dictionary' | 'catalog';
}

/** All glossaries in one, by key (see `keyOf`). */
export interface GlossaryTable {
  has(key: string): boolean;
  /** Whether the key names something of a field, and is no everyday word. */
  isTerm(key: string): boolean;
  /** Whether the key is a proper name, as of a product: the glossary writes it with a capital and small letters. */
  isProper(key: string): boolean;
  /** The other names of what the key names, best first. */
  equalsOf(key: string): readonly Equal[];
  /** A key in letters that is another form of this word, as `encrypt` for `encrypting`; undefined if there is none. */
  formOf(word: string): string | undefined;
  /** Keys in letters only, for typing errors. */
  words(): readonly string[];
  /** Those of them that begin so and are longer. */
  startingWith(prefix: string): readonly string[];
  /** Chinese names, for homophones and for cutting. */
  cjkNames(): readonly string[];
}

const NAME = 0.83;
const RELATED = 0.6;
/** What a narrower thing is worth for the wider one that names it as related. */
const WIDER = 0.45;
const MOST = 24;
/** Words have at least so many letters: they are kept by how they begin. */
const START = 4;

export function createGlossaryTable(concepts: readonly SpeltConcept[]): GlossaryTable {
  const byKey = new Map<string, Place[]>();
  const terms = new Set<string>();
  const proper = new Set<string>();
  for (const [number, { names, related, everyday }] of concepts.entries()) {
    for (const { key, proper: isProper } of names) {
      if (key !== '') addPlace(byKey, key, { concept: number, named: true });
      if (!everyday) terms.add(key);
      if (isProper) proper.add(key);
    }
    for (const { key } of related) if (key !== '') addPlace(byKey, key, { concept: number, named: false });
  }

  const find = (key: string): readonly Equal[] => {
    const found = new Map<string, Equal>();
    const put = (name: SpeltName, weight: number, origin: Equal['origin']) => {
      if (name.key === key) return;
      const known = found.get(name.text);
      if (!known || known.weight < weight) found.set(name.text, { text: name.text, weight, origin });
    };
    for (const { concept, named } of byKey.get(key) ?? []) {
      const { names, related } = concepts[concept] ?? { names: [], related: [] };
      for (const name of names) put(name, named ? NAME : WIDER, named ? 'glossary' : 'related');
      if (named) for (const name of related) put(name, RELATED, 'related');
    }
    return [...found.values()].sort((x, y) => y.weight - x.weight).slice(0, MOST);
  };

  const equals = new Map<string, readonly Equal[]>();
  const keys = [...byKey.keys()];
  const forms = new Map(keys.filter((key) => /^[a-z]{4,}$/.test(key)).map((key) => [stem(key), key]));
  const words = keys.filter((key) => /^[a-z][a-z0-9]{3,}$/.test(key));
  const byStart = new Map<string, string[]>();
  for (const word of words) listOf(byStart, word.slice(0, START)).push(word);
  return {
    has: (key) => byKey.has(key),
    isTerm: (key) => terms.has(key),
    isProper: (key) => proper.has(key),
    equalsOf: (key) => {
      if (!byKey.has(key)) return NONE;
      let known = equals.get(key);
      if (!known) {
        known = find(key);
        equals.set(key, known);
      }
      return known;
    },
    formOf: (word) => forms.get(stem(word)),
    words: () => words,
    startingWith: (prefix) =>
      (prefix.length < START ? words : (byStart.get(prefix.slice(0, START)) ?? [])).filter(
        (word) => word.length > prefix.length && word.startsWith(prefix),
      ),
    cjkNames: () => keys.filter((key) => /^\p{Script=Han}{2,8}$/u.test(key)),
  };
}

interface Place {
  readonly concept: number;
  readonly named: boolean;
}

const NONE: readonly Equal[] = [];

function addPlace(byKey: Map<string, Place[]>, key: string, place: Place): void {
  const places = byKey.get(key);
  if (!places) byKey.set(key, [place]);
  else if (!places.some(({ concept }) => concept === place.concept)) places.push(place);
}
