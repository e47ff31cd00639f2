import type { Terminal } from './terminal.ts';

/** How rich the output may be: colours and links only where a person looks at a terminal. */
export function styleOf({ stdout }: Terminal): { width: number; color: boolean; hyperlinks: boolean } {
  const rich = stdout.isTTY === true && stdout.hasColors();
  return { width: stdout.columns ?? 80, color: rich, hyperlinks: rich };
}
