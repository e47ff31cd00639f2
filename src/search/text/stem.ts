const MINIMUM = 3;

/** `APIs` and `wikis`, beside `redis` and `analysis`. */
const PLURALS_IN_IS = /(api|^ui|gui|cli|abi|wiki|emoji|taxi)s$/;

/** Cuts the plural of an English word: `models` to `model`, `queries` to `query`; `class` and `css` stay. */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s')) return word;
  if (/(ss|us|is|os)$/.test(word) && !PLURALS_IN_IS.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ches|shes|xes|zes|sses)$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

const ENDINGS: readonly (readonly [string, string])[] = [
  ['ization', 'ize'],
  ['isation', 'ize'],
  ['ising', 'ize'],
  ['izing', 'ize'],
  ['ised', 'ize'],
  ['ized', 'ize'],
  ['ise', 'ize'],
  ['ations', 'ate'],
  ['ation', 'ate'],
  ['tions', 't'],
  ['tion', 't'],
  ['sions', 's'],
  ['sion', 's'],
  ['ments', ''],
  ['ment', ''],
  ['ings', ''],
  ['ing', ''],
  ['edly', ''],
  ['ed', ''],
  ['ers', ''],
  ['er', ''],
  ['or', ''],
  ['ically', 'ic'],
  ['ical', 'ic'],
  ['ally', 'al'],
  ['ly', ''],
];

/** By their last letter, in the same order: most words end in a letter that none of them ends in. */
const ENDINGS_BY_LAST = new Map<string, (readonly [string, string])[]>();
for (const ending of ENDINGS) {
  const last = ending[0].charAt(ending[0].length - 1);
  ENDINGS_BY_LAST.set(last, [...(ENDINGS_BY_LAST.get(last) ?? []), ending]);
}
const NO_ENDINGS: (typeof ENDINGS)[number][] = [];

/**
 * A light stem: what `deploy`, `deploys`, `deploying`, `deployed` and `deployment` share. It need not be a word;
 * it must only be the same for forms of one word. Non-ASCII words stay as they are.
 */
export function stem(word: string): string {
  if (!/^[a-z]+$/.test(word)) return word;
  let base = singular(word);
  for (const [ending, put] of ENDINGS_BY_LAST.get(base.charAt(base.length - 1)) ?? NO_ENDINGS) {
    const left = base.length - ending.length;
    if (left < MINIMUM || !base.endsWith(ending)) continue;
    if (!/[aeiouy]/.test(base.slice(0, left))) continue;
    base = base.slice(0, left) + put;
    break;
  }
  if (/([bdgklmnprt])\1$/.test(base) && base.length > 3) base = base.slice(0, -1);
  if (base.length > 4 && base.endsWith('e')) base = base.slice(0, -1);
  return base.length > 4 && base.endsWith('at') ? base.slice(0, -2) : base;
}

const INFLECTIONS: readonly string[] = ['', 's', 'es', 'd', 'ed', 'ing'];
/** A consonant that is doubled before an ending, as in `wrapped`: only after one vowel. */
const DOUBLED = /(?<=(?:^|[^aeiou])[aeiouy])([bdgklmnprtvz])\1$/;

/** Whether an English word is another one, or an inflection of it by the rules of spelling: unlike a stem, it is exact. */
export function isFormOf(word: string, base: string): boolean {
  return INFLECTIONS.some((ending) => {
    if (!word.endsWith(ending)) return false;
    const left = word.slice(0, word.length - ending.length);
    if (left === base || (ending !== '' && left === base.replace(/y$/, 'i'))) return true;
    if (ending !== 'ing' && ending !== 'ed') return false;
    return `${left}e` === base || left.replace(DOUBLED, '$1') === base;
  });
}
