import { parse as parseCsv } from 'csv-parse/sync';
import { messageOf } from '../../kernel/errors.ts';
import { isRecord } from '../../kernel/is-record.ts';
import { parseDate } from '../dates.ts';
import { type Extract, unreadable } from '../entry.ts';
import type { DataRow } from './data-rows.ts';
import { type DataOptions, readRows } from './read-data.ts';
import { isFieldName } from './read-record.ts';

/**
 * Reads CSV with a header row; the separator is a comma, a semicolon or a tab. Without a header the columns are known
 * by what stands in the first row. Excel's line `sep=;` is understood.
 */
export function readCsv(text: string, options: DataOptions): Extract {
  const [line = '', separator] = /^sep=([,;\t|])[ \t]*\n/i.exec(text) ?? [];
  const body = text.slice(line.length);
  const head = body.slice(0, Math.max(0, body.indexOf('\n')) || body.length);
  const [likeliest = ','] = [',', ';', '\t'].sort((one, other) => head.split(other).length - head.split(one).length);
  const format = { delimiter: separator ?? likeliest, trim: true, bom: true, relax_quotes: true };
  try {
    const records: unknown = parseCsv(body, {
      ...format,
      columns: columnsOf(parseCsv(head, { ...format, relax_column_count: true })) ?? true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      max_record_size: 1_000_000,
    });
    const shift = line === '' ? 0 : 1;
    const rows = Array.isArray(records) ? records.map((one: unknown, at) => csvRow(one, at, shift)) : [];
    return readRows(rows, options);
  } catch (error) {
    return unreadable('bad-csv', `it is not valid CSV (${messageOf(error)}); mend it there`);
  }
}

/** The columns of a file whose first row is no header: it holds an address, and no word that names a field. */
function columnsOf(head: unknown): string[] | undefined {
  const [cells] = Array.isArray(head) ? head : [];
  if (!Array.isArray(cells)) return undefined;
  const words = cells.map((cell) => (typeof cell === 'string' ? cell : ''));
  if (words.some(isFieldName) || !words.some(isAddress)) return undefined;
  const left = ['title', 'summary'];
  return words.map((word, at) => {
    if (isAddress(word)) return words.findIndex(isAddress) === at ? 'url' : `column ${at + 1}`;
    if (parseDate(word) !== undefined && word.length < 40) return 'date';
    return left.shift() ?? `column ${at + 1}`;
  });
}

function isAddress(word: string): boolean {
  return /^https?:\/\/\S+$/i.test(word);
}

function csvRow(parsed: unknown, at: number, shift: number): DataRow {
  const { record, info } = isRecord(parsed) ? parsed : {};
  const line = isRecord(info) && typeof info.lines === 'number' ? info.lines + shift : undefined;
  return { value: record, place: `row ${at + 1}`, path: [], ...(line === undefined ? {} : { line }) };
}
