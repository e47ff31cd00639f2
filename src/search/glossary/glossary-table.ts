import type { Fold } from '../text/fold.ts';
import { keyOfText } from '../text/key.ts';
import type { Glossary } from './glossary.ts';

/** Another name for what was typed, and how much less than the typed word it counts. */
export interface Equal {
  readonly text: string;
  readonly weight: number;
  readonly origin: 'glossary' | 'related' | 'dictionary' | 'catalog';
}

/** All glossaries in one, by key (see `keyOf`). */
export interface GlossaryTable {
  has(key: string): boolean;
  /** The other names of what the key names, best first. */
  equalsOf(key: string): readonly Equal[];
  /** Keys in letters only, for typing errors. */
  words(): readonly string[];
  /** Chinese names, for homophones and for cutting. */
  cjkNames(): readonly string[];
}

const NAME = 0.83;
const RELATED = 0.6;
/** What a narrower thing is worth for the wider one that names it as related. */
const WIDER = 0.5;
const MOST = 24;

export function createGlossaryTable(glossaries: readonly Glossary[], fold: Fold): GlossaryTable {
  const concepts = glossaries.flatMap((glossary) => glossary.concepts);
  const byKey = new Map<string, { concept: number; named: boolean }[]>();
  const names: string[][] = [];
  const related: string[][] = [];
  const nameKeys = new Set<string>();

  for (const [number, concept] of concepts.entries()) {
    for (const [list, named, into] of [
      [concept.names, true, names],
      [concept.related, false, related],
    ] as const) {
      into.push(list.map((name) => fold(name).lower));
      for (const name of list) {
        const key = keyOfText(fold(name));
        if (key === '') continue;
        const places = byKey.get(key) ?? [];
        if (places.length === 0) byKey.set(key, places);
        if (!places.some((place) => place.concept === number)) places.push({ concept: number, named });
        nameKeys.add(key);
      }
    }
  }

  const equalsOf = (key: string): readonly Equal[] => {
    const found = new Map<string, Equal>();
    const put = (text: string, weight: number, origin: Equal['origin']) => {
      if (keyOfText(fold(text)) === key) return;
      const known = found.get(text);
      if (!known || known.weight < weight) found.set(text, { text, weight, origin });
    };
    for (const { concept, named } of byKey.get(key) ?? []) {
      for (const name of names[concept] ?? []) put(name, named ? NAME : WIDER, named ? 'glossary' : 'related');
      if (named) for (const name of related[concept] ?? []) put(name, RELATED, 'related');
    }
    return [...found.values()].sort((a, b) => b.weight - a.weight).slice(0, MOST);
  };

  const latin = [...nameKeys].filter((key) => /^[a-z][a-z0-9]{3,}$/.test(key));
  const chinese = [...nameKeys].filter((key) => /^\p{Script=Han}{2,8}$/u.test(key));
  return { has: (key) => byKey.has(key), equalsOf, words: () => latin, cjkNames: () => chinese };
}
