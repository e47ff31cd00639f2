/**
 * A table held as one string: a line an entry, `key TAB value`, sorted by the code units of the keys. Looked up by
 * halving, so nothing is parsed or copied when it is loaded.
 */
export interface SortedTable {
  find(key: string): string | undefined;
}

export function createSortedTable(lines: string): SortedTable {
  return {
    find: (key) => {
      let low = 0;
      let high = lines.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        const start = lines.lastIndexOf('\n', middle - 1) + 1;
        let end = lines.indexOf('\n', middle);
        if (end < 0) end = lines.length;
        const tab = lines.indexOf('\t', start);
        const here = lines.slice(start, tab);
        if (here === key) return lines.slice(tab + 1, end);
        if (here < key) low = end + 1;
        else high = start;
      }
      return undefined;
    },
  };
}

/** The lines of a table; keys must differ and hold neither tab nor line end. */
export function sortedLines(entries: Iterable<readonly [string, string]>): string {
  return [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}\t${value}\n`)
    .join('');
}
