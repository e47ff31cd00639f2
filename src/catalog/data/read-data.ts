import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { messageOf } from '../../kernel/errors.ts';
import { isRecord } from '../../kernel/is-record.ts';
import { type Entry, type Extract, type Finding, unreadable } from '../entry.ts';
import { type DataRecord, readRecord } from './read-record.ts';

export interface DataOptions {
  readonly base: string | undefined;
  readonly urlPattern: string | undefined;
}

interface Row {
  readonly value: unknown;
  readonly place: string;
  readonly line?: number;
  /** Where the file groups its records: the names of the groups. */
  readonly path: readonly string[];
}

/** The names under which a file that is no list keeps its list. */
const listNames = [
  'posts',
  'items',
  'articles',
  'entries',
  'data',
  'list',
  'results',
  'records',
  'links',
  'catalog',
  'pages',
  '文章',
];

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

function jsonLines(lines: readonly string[]): Row[] | undefined {
  const rows: Row[] = [];
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

/** Reads YAML by its core schema, in which dates stay what was written. */
export function readYaml(text: string, options: DataOptions): Extract {
  try {
    return readRows(rowsOf(parseYaml(text, { schema: 'core', maxAliasCount: 100, logLevel: 'error' })), options);
  } catch (error) {
    return unreadable('bad-yaml', `it is not valid YAML (${messageOf(error).split('\n')[0]}); mend it there`);
  }
}

/** Reads CSV with a header row; the separator is a comma, a semicolon or a tab. */
export function readCsv(text: string, options: DataOptions): Extract {
  const head = text.slice(0, Math.max(0, text.indexOf('\n')) || text.length);
  const [delimiter = ','] = [',', ';', '\t'].sort((one, other) => head.split(other).length - head.split(one).length);
  try {
    const records: unknown = parseCsv(text, {
      columns: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      bom: true,
      info: true,
      relax_quotes: true,
      max_record_size: 1_000_000,
    });
    const rows = Array.isArray(records) ? records.map((one: unknown, at) => csvRow(one, at)) : [];
    return readRows(rows, options);
  } catch (error) {
    return unreadable('bad-csv', `it is not valid CSV (${messageOf(error)}); mend it there`);
  }
}

function csvRow(parsed: unknown, at: number): Row {
  const { record, info } = isRecord(parsed) ? parsed : {};
  const line = isRecord(info) && typeof info.lines === 'number' ? info.lines : undefined;
  return { value: record, place: `row ${at + 1}`, path: [], ...(line === undefined ? {} : { line }) };
}

/** A list of records; an object that holds one under a usual name; or groups of records by name. */
function rowsOf(value: unknown): Row[] {
  const list = (values: readonly unknown[], path: readonly string[], place: string): Row[] =>
    values.map((one, at) => ({ value: one, place: `${place}${at + 1}`, path }));
  if (Array.isArray(value)) return list(value, [], 'record ');
  if (!isRecord(value)) return [];
  for (const name of listNames) {
    const inner = value[name];
    if (Array.isArray(inner)) return list(inner, [], `${name} `);
    if (isRecord(inner)) return rowsOf(inner);
  }
  const groups = Object.entries(value).filter(
    (entry): entry is [string, unknown[]] => Array.isArray(entry[1]) && entry[1].some(isRecord),
  );
  return groups.flatMap(([name, values]) => list(values, [name], `${name} `));
}

function readRows(rows: readonly Row[], options: DataOptions): Extract {
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
