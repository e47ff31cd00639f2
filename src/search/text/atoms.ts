import { BREAK, CJK, charClass, LETTER } from './char-class.ts';

/** The smallest thing that is read in a text: a word of an alphabet with its digits, or a run of CJK characters. */
export interface Atom {
  /** Lower case. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly cjk: boolean;
  /** The finest parts of a word: `GroundingDINO` has grounding and dino, `llama3` llama and 3. A single one is the word. */
  readonly parts: readonly string[];
  /** Only a hyphen, dot, slash, underline or spaces stand between this word and the one before. */
  readonly joined: boolean;
}

/** Words that are camel-case by spelling, not by meaning. */
const WHOLE = new Set(['javascript', 'typescript', 'coffeescript', 'github', 'youtube', 'wechat', 'iphone', 'ipad']);

/** Reads a text into atoms, in order. `cased` and `lower` are the two forms of one folded text. */
export function readAtoms(cased: string, lower: string): Atom[] {
  const atoms: Atom[] = [];
  let lastWordEnd = -1;
  let at = 0;
  while (at < lower.length) {
    const kind = charClass(lower.charCodeAt(at));
    if (kind === BREAK) {
      at++;
      continue;
    }
    const start = at;
    if (kind === CJK) {
      at++;
      while (at < lower.length && charClass(lower.charCodeAt(at)) === CJK) at++;
      atoms.push({ text: lower.slice(start, at), start, end: at, cjk: true, parts: [], joined: false });
      continue;
    }
    at = endOfWord(lower, at);
    const text = lower.slice(start, at);
    const joined = lastWordEnd >= 0 && isJoint(lower, lastWordEnd, start);
    atoms.push({ text, start, end: at, cjk: false, parts: partsOf(cased.slice(start, at), text), joined });
    lastWordEnd = at;
  }
  return atoms;
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const kind = charClass(text.charCodeAt(at));
    if (kind === BREAK || kind === CJK) break;
    at++;
  }
  // C++, C#, STD++: signs that belong to a name.
  if (charClass(text.charCodeAt(at - 1)) !== LETTER) return at;
  if (text.startsWith('++', at) && !isWordAt(text, at + 2)) return at + 2;
  if (text[at] === '#' && at - from <= 2 && !isWordAt(text, at + 1)) return at + 1;
  return at;
}

function isWordAt(text: string, at: number): boolean {
  if (at >= text.length) return false;
  const kind = charClass(text.charCodeAt(at));
  return kind !== BREAK && kind !== CJK;
}

function isJoint(text: string, from: number, to: number): boolean {
  if (to - from > 3) return false;
  for (let at = from; at < to; at++) if (!" -_./\u2019'".includes(text[at] ?? '')) return false;
  return true;
}

/** Cuts a word between letters and digits and before a capital inside. */
function partsOf(cased: string, lower: string): readonly string[] {
  if (WHOLE.has(lower)) return [lower];
  const parts: string[] = [];
  let start = 0;
  for (let at = 1; at < cased.length; at++) {
    if (!isPartBorder(cased, at)) continue;
    parts.push(lower.slice(start, at));
    start = at;
  }
  parts.push(withoutSigns(start === 0 ? lower : lower.slice(start)));
  return parts;
}

/** `c++` without its signs; few words have any. */
function withoutSigns(part: string): string {
  return part.endsWith('+') || part.endsWith('#') ? part.replace(/[+#]+$/, '') : part;
}

function isPartBorder(cased: string, at: number): boolean {
  const before = cased.charCodeAt(at - 1);
  const here = cased.charCodeAt(at);
  if (isDigit(before) !== isDigit(here)) return here !== 43 && here !== 35;
  if (isLower(before) && isUpper(here)) return true;
  // The last capital of a row begins the next part: HTMLParser has html and parser; but LLMs is a plural.
  if (!isUpper(before) || !isUpper(here) || at < 2 || at + 1 >= cased.length) return false;
  return isLower(cased.charCodeAt(at + 1)) && !(at + 2 === cased.length && cased[at + 1] === 's');
}

const isDigit = (code: number) => code >= 48 && code <= 57;
const isUpper = (code: number) => code >= 65 && code <= 90;
const isLower = (code: number) => code >= 97 && code <= 122;
