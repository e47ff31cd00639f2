/** Both lists ascend; `short` is walked, `long` is searched where it is much longer. */
export function intersect(short: readonly number[], long: readonly number[]): number[] {
  const common: number[] = [];
  let at = 0;
  for (const entry of short) {
    at = firstNotBelow(long, entry, at);
    if (at >= long.length) break;
    if (long[at] === entry) common.push(entry);
  }
  return common;
}

/** All of two ascending lists, ascending, each once. */
export function unite(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b;
  const all: number[] = [];
  let at = 0;
  for (const entry of a) {
    while (at < b.length && (b[at] ?? 0) < entry) all.push(b[at++] ?? 0);
    if (b[at] === entry) at++;
    all.push(entry);
  }
  while (at < b.length) all.push(b[at++] ?? 0);
  return all;
}

/** The first place from `from` on whose value is not below; by doubling steps, then halving. */
export function firstNotBelow(list: readonly number[], value: number, from: number): number {
  let low = from;
  let step = 1;
  while (low + step < list.length && (list[low + step] ?? 0) < value) {
    low += step;
    step *= 2;
  }
  let high = Math.min(list.length, low + step);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
