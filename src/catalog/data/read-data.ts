import { messageOf } from '../../kernel/errors.ts';
import { isRecord } from '../../kernel/is-record.ts';
import { type Entry, type Extract, type Finding, unreadable } from '../entry.ts';
import { type DataRow, rowsOf } from './data-rows.ts';
import { parseYaml } from './parse-yaml.ts';
import { type DataRecord, readRecord } from './read-record.ts';

export interface DataOptions {
  readonly base: string | undefined;
  readonly urlPattern: string | undefined;
}

/** Reads a JSON document, or one JSON document a line. */
export function readJson(text: string, options: DataOptions): Extract {
  try {
    return readRows(rowsOf(JSON.parse(text)), options);
  } catch (error) {
    const lines = text.split('\n');
    const rows = lines.length > 1 && /^\s*\{.*\}\s*$/.test(lines[0] ?? '') ? jsonLines(lines) : undefined;
    if (rows) return readRows(rows, options);
    return unreadable('bad-json', `it is not valid JSON (${messageOf(error)}); mend it there`);
  }
}

function jsonLines(lines: readonly string[]): DataRow[] | undefined {
  const rows: DataRow[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    try {
      rows.push({ value: JSON.parse(line), place: `line ${at + 1}`, line: at + 1, path: [] });
    } catch {
      rows.push({ value: undefined, place: `line ${at + 1}`, line: at + 1, path: [] });
    }
  }
  return rows;
}

/** Reads a YAML document. */
export function readYaml(text: string, options: DataOptions): Extract {
  try {
    return readRows(rowsOf(parseYaml(text, { maxAliasCount: 100 })), options);
  } catch (error) {
    return unreadable('bad-yaml', `it is not valid YAML (${messageOf(error).split('\n')[0]}); mend it there`);
  }
}

/** Makes entries of the rows of any data file. */
export function readRows(rows: readonly DataRow[], options: DataOptions): Extract {
  if (rows.length === 0)
    return unreadable('no-records', 'there is no list of records in it; see docs/catalogs.md for the shape');
  const entries: Entry[] = [];
  const findings: Finding[] = [];
  for (const { value, place, line, path } of rows) {
    if (!isRecord(value)) {
      findings.push({
        ...(line === undefined ? {} : { line }),
        code: 'bad-record',
        severity: 'error',
        message: `${place}: it is no record; write fields such as "title" and "url"`,
      });
      continue;
    }
    const read = readRecord(value as DataRecord, { ...options, place, ...(line === undefined ? {} : { line }) });
    findings.push(...read.findings);
    if (read.entry)
      entries.push(path.length === 0 ? read.entry : { ...read.entry, category: [...path, ...read.entry.category] });
  }
  return { entries, findings };
}
