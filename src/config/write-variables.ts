/**
 * Sets variables in the text of a `.env` file. Everything else stays as it is, comments and unknown names too; a name
 * that is there already keeps its place, a new one comes at the end.
 *
 * @throws RangeError for a value that no line of the file can hold: one with a line break, with all three kinds of
 *   quotation marks, or with a backslash before the mark that would end it.
 */
export function writeVariables(text: string, values: Readonly<Record<string, string>>): string {
  const missing = new Map(Object.entries(values).map(([name, value]) => [name, `${name}=${quoted(value)}`]));
  const written = new Map(missing);
  const lines = text.split(/\r?\n/).map((line) => {
    const name = /^\s*(?:export\s+)?([A-Z0-9_]+)\s*=/.exec(line)?.[1] ?? '';
    const assignment = written.get(name);
    if (assignment === undefined) return line;
    missing.delete(name);
    return assignment;
  });
  while (lines.at(-1) === '') lines.pop();
  return `${[...lines, ...missing.values()].join('\n')}\n`;
}

/** As dotenv reads it: within quotation marks nothing but a backslash before n or r in double ones is special. */
function quoted(value: string): string {
  if (/[\r\n]/.test(value)) throw new RangeError('a value of .env has no line breaks');
  if (/^[\p{L}\p{N}_./:@,=+?&%*\\-]*$/u.test(value)) return value;
  const mark = ["'", '`', '"'].find((one) => !value.includes(one) && !(one === '"' && value.includes('\\')));
  if (mark === undefined || value.endsWith('\\'))
    throw new RangeError('a value of .env cannot hold all kinds of quotation marks, nor end with a backslash');
  return `${mark}${value}${mark}`;
}
