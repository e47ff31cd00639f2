import type { CatalogProblem } from '../../posts/post.ts';

/** `catalog/list.md:12: warning empty-summary: …`: what editors and people can follow. */
export function formatProblem({ source, line, severity, code, message }: CatalogProblem): string {
  return `${line === undefined ? source : `${source}:${line}`}: ${severity} ${code}: ${message}`;
}

/**
 * A workflow command of GitHub Actions, which marks the line in a pull request.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function formatGithub({ source, line, severity, code, message }: CatalogProblem): string {
  const properties = [
    `file=${escapeProperty(source)}`,
    ...(line === undefined ? [] : [`line=${line}`]),
    `title=${escapeProperty(code)}`,
  ];
  return `::${severity} ${properties.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/** How often each problem occurs, as lines of a table; empty where there is none. */
export function summaryTable(problems: readonly CatalogProblem[]): string {
  const counts = new Map<string, number>();
  for (const { severity, code } of problems)
    counts.set(`${severity} ${code}`, (counts.get(`${severity} ${code}`) ?? 0) + 1);
  const rows = [...counts].sort((one, other) => one[0].localeCompare(other[0]));
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, count]) => `  ${name.padEnd(width)}  ${String(count).padStart(5)}\n`).join('');
}
