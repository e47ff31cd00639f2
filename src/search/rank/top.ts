/**
 * The `most` best of many numbers, best first; of equal ones the lower comes first. Keeps a heap of the best so far,
 * so that most of a long list is passed over with one comparison each.
 */
export function topOf(numbers: readonly number[], most: number, scoreOf: (number: number) => number): number[] {
  const better = (a: number, b: number) => scoreOf(b) - scoreOf(a) || a - b;
  if (numbers.length <= most) return [...numbers].sort(better);
  const heap = numbers.slice(0, most);
  // The root is the worst of those kept.
  const worse = (a: number, b: number) => better(a, b) > 0;
  for (let at = (most >> 1) - 1; at >= 0; at--) sink(heap, at, worse);
  for (let at = most; at < numbers.length; at++) {
    const number = numbers[at];
    const root = heap[0];
    if (number === undefined || root === undefined || !worse(root, number)) continue;
    heap[0] = number;
    sink(heap, 0, worse);
  }
  return heap.sort(better);
}

function sink(heap: number[], from: number, worse: (a: number, b: number) => boolean): void {
  let at = from;
  for (;;) {
    let worst = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      const [a, b] = [heap[child], heap[worst]];
      if (a !== undefined && b !== undefined && worse(a, b)) worst = child;
    }
    if (worst === at) return;
    const [a, b] = [heap[at], heap[worst]];
    if (a === undefined || b === undefined) return;
    heap[at] = b;
    heap[worst] = a;
    at = worst;
  }
}
