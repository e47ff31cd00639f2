import type { FixableProblem } from './check-posts.ts';

/** A text after its repairs, with the lines that changed, from 1. */
export interface Fixed {
  readonly text: string;
  readonly lines: readonly number[];
}

/**
 * Applies the safe repairs of problems in one file: addresses on the very line of the problem, and headings without
 * a space. Everything else stays byte by byte.
 *
 * @param problems those of this file
 */
export function fixText(text: string, problems: readonly FixableProblem[]): Fixed {
  const lines = text.split('\n');
  const changed = new Set<number>();
  for (const { line, fix } of problems) {
    if (!fix || line === undefined) continue;
    // A heading may name the post while its link stands in the paragraph below.
    for (const at of [line - 1, line, line + 1]) {
      const before = lines[at];
      const found =
        before === undefined
          ? undefined
          : [fix.from, fix.from.replaceAll('&', '&amp;')].find((one) => standsAlone(before, one));
      if (before === undefined || found === undefined) continue;
      lines[at] = before.replace(found, fix.to);
      changed.add(at + 1);
      break;
    }
  }
  for (const at of headingsWithoutSpace(lines)) {
    lines[at] = (lines[at] ?? '').replace(/^(#{2,6})/, '$1 ');
    changed.add(at + 1);
  }
  return { text: lines.join('\n'), lines: [...changed].sort((one, other) => one - other) };
}

/** An address that goes on behind what is looked for is another address. */
function standsAlone(line: string, address: string): boolean {
  const at = line.indexOf(address);
  return at >= 0 && !/[\w/?&=%#.~-]/.test(line[at + address.length] ?? '');
}

/** Places of lines such as `##Title`, which GitHub shows as text; those within fenced code are left out. */
function headingsWithoutSpace(lines: readonly string[]): readonly number[] {
  let fence = '';
  return lines.flatMap((line, at) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined && (fence === '' || mark.startsWith(fence))) fence = fence === '' ? mark : '';
    return fence === '' && /^#{2,6}[^#\s!]/.test(line) ? [at] : [];
  });
}
