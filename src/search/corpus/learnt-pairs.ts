import type { Equal } from '../glossary/glossary-table.ts';
import { readAtoms } from '../text/atoms.ts';
import { hasCjk, isCjk } from '../text/char-class.ts';
import type { FoldedText } from '../text/fold.ts';
import { keyOf } from '../text/key.ts';
import type { Segment } from './segment.ts';

/** Names that stand for each other because a post says so in brackets. */
export interface LearntPairs {
  of(key: string): readonly LearntPair[];
}

export interface LearntPair {
  readonly equal: Equal;
  /** The document that says so. */
  readonly document: number;
}

export interface WritableLearntPairs extends LearntPairs {
  /** From brackets in any text. */
  learn(document: number, text: FoldedText, segment: Segment): void;
  /** From a category that has its name in two languages, as `后端/Backend` or `后端 | Backend`. */
  learnCategory(document: number, name: FoldedText): void;
}

const WEIGHT = 0.8;
const MOST = 12;
const LEARN_LIMIT = 1000;
const LONGEST_NAME = 60;
const LONGEST_CJK = 10;
const NONE: readonly LearntPair[] = [];
const BRACKET = /\(([^()]{2,80})\)/g;
/** Words after which a new thing is named in running text. */
const LEADS = new Set(
  '和与及或的是对为在用了将把以从到于基于使用利用采用通过进行包括以及介绍实现关于即也就是'.match(
    /基于|使用|利用|采用|通过|进行|包括|以及|介绍|实现|关于|也就是|./g,
  ),
);

export function createLearntPairs(): WritableLearntPairs {
  const pairs = new Map<string, LearntPair[]>();
  const put = (document: number, from: FoldedText, to: string) => {
    const key = keyOf(readAtoms(from.cased, from.lower));
    if (key.length < 2) return;
    const list = pairs.get(key) ?? [];
    if (list.length === 0) pairs.set(key, list);
    if (list.length >= MOST || list.some((pair) => pair.equal.text === to && pair.document === document)) return;
    list.push({ document, equal: { text: to, weight: WEIGHT, origin: 'catalog' } });
  };
  return {
    of: (key) => pairs.get(key) ?? NONE,
    learn: (document, text, segment) => {
      for (const found of text.lower.slice(0, LEARN_LIMIT).matchAll(BRACKET)) {
        const inside = found[1] ?? '';
        const before = nameBefore(text, found.index, segment);
        if (!before) continue;
        let at = found.index + 1;
        for (const name of inside.split(/[,;、/]/)) {
          const start = at + (name.length - name.trimStart().length);
          at += name.length + 1;
          const trimmed = name.trim();
          if (!isPair(before.lower, trimmed)) continue;
          const other = { cased: text.cased.slice(start, start + trimmed.length), lower: trimmed };
          put(document, before, other.lower);
          put(document, other, before.lower);
        }
      }
    },
    learnCategory: (document, { cased, lower }) => {
      const mark = /\s*[/|]\s*/.exec(lower);
      if (!mark) return;
      const end = mark.index + mark[0].length;
      const first = { cased: cased.slice(0, mark.index), lower: lower.slice(0, mark.index) };
      const second = { cased: cased.slice(end), lower: lower.slice(end) };
      if (/[/|]/.test(second.lower) || !isPair(first.lower, second.lower)) return;
      put(document, first, second.lower);
      put(document, second, first.lower);
    },
  };
}

/** One name in two scripts, or a name and its initials. */
function isPair(before: string, inside: string): boolean {
  if (inside.length < 2 || inside.length > LONGEST_NAME || /^[\d\sivx]+$/.test(inside)) return false;
  const cjkBefore = hasCjk(before);
  const cjkInside = hasCjk(inside);
  if (cjkBefore !== cjkInside) return /[a-z]{2}/.test(cjkBefore ? inside : before);
  return !cjkBefore && (isInitials(before, inside) || isInitials(inside, before));
}

function isInitials(long: string, short: string): boolean {
  const initials = long.split(/[\s-]+/).map((word) => word.charAt(0));
  return initials.length > 1 && initials.join('') === short.replace(/s$/, '');
}

/** The name that ends where the bracket opens: a run of Chinese after its last leading word, or up to five words. */
function nameBefore(text: FoldedText, end: number, segment: Segment): FoldedText | undefined {
  const head = text.lower.slice(Math.max(0, end - LONGEST_NAME), end).trimEnd();
  const run = /\p{Script=Han}+$/u.exec(head)?.[0];
  let length: number;
  if (run) {
    const words = segment(run);
    const lead = words.findLastIndex((word) => LEADS.has(word));
    length = words.slice(lead + 1).join('').length;
    // Glued to a word in letters the run is only the tail of a name.
    const glued = lead < 0 && /[a-z0-9]$/.test(head.slice(0, head.length - run.length));
    if (glued || length > LONGEST_CJK || length < 2) return undefined;
  } else {
    length = (/(?:[a-z0-9+#.-]+\s){0,4}[a-z0-9+#.-]+$/.exec(head)?.[0] ?? '').length;
    if (length < 2) return undefined;
  }
  const stop = end - (text.lower.slice(0, end).length - text.lower.slice(0, end).trimEnd().length);
  const name = { cased: text.cased.slice(stop - length, stop), lower: text.lower.slice(stop - length, stop) };
  return isCjk(name.lower) || !run ? name : undefined;
}
