/** Titles that are alike to this degree are worth a look, from 0 to 1. */
const alike = 0.8;

/** Shorter titles are alike by chance; in characters. */
const shortest = 6;

/** How many neighbours of a sorted list a title is compared with. */
const reach = 4;

/**
 * Pairs of titles that differ by a slip: a word, a mark, the case. Parts of a series differ by their number only and
 * are left out. Instead of every pair, neighbours in two orders are compared, by the beginnings and by the ends of
 * the titles, so that the work grows with the number of titles.
 *
 * @returns pairs of places in `titles`, the earlier first, ordered by the later
 */
export function nearDuplicates(titles: readonly string[]): readonly (readonly [number, number])[] {
  const plain = titles.map((title, at) => ({
    at,
    text: title
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\p{P}\p{S}]+/gu, '')
      .slice(0, 200),
  }));
  const long = plain.filter(({ text }) => text.length >= shortest);
  const orders = [long, long.map(({ at, text }) => ({ at, text: [...text].reverse().join('') }))];
  const pairs = new Map<string, readonly [number, number]>();
  for (const order of orders) {
    const sorted = [...order].sort((one, other) =>
      one.text < other.text ? -1 : one.text > other.text ? 1 : one.at - other.at,
    );
    for (const [place, one] of sorted.entries()) {
      for (const other of sorted.slice(place + 1, place + 1 + reach)) {
        if (one.text === other.text || !isAlike(one.text, other.text) || differByNumber(one.text, other.text)) continue;
        const pair = [Math.min(one.at, other.at), Math.max(one.at, other.at)] as const;
        pairs.set(pair.join(), pair);
      }
    }
  }
  return [...pairs.values()].sort((one, other) => one[1] - other[1] || one[0] - other[0]);
}

function isAlike(one: string, other: string): boolean {
  const ours = pairsOf(one);
  const theirs = pairsOf(other);
  let shared = 0;
  for (const [pair, count] of ours) shared += Math.min(count, theirs.get(pair) ?? 0);
  return (2 * shared) / (one.length - 1 + other.length - 1) >= alike;
}

/** The pairs of neighbouring characters, with how often each occurs. */
function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

function differByNumber(one: string, other: string): boolean {
  const masked = (text: string) => text.replace(/[\d一二三四五六七八九十百上中下]+|(?<![a-z])[ivx]+(?![a-z])/g, '#');
  return masked(one) === masked(other);
}
