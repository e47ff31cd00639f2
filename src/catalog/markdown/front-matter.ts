import { parse } from 'yaml';
import { isRecord } from '../../kernel/is-record.ts';

/** The data block at the head of a Markdown file, and what follows it. */
export interface FrontMatter {
  /** Empty where there is none, or none that can be read. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** The line on which the body begins, from 1. */
  readonly bodyLine: number;
  /** What is wrong with it. */
  readonly fault?: string;
}

const yamlBlock = /^---[ \t]*\n([\s\S]*?)\n?(?:---|\.\.\.)[ \t]*(?:\n|$)/;

/** Longer ones are no front matter. */
const longest = 64_000;

/** Takes the YAML front matter off a Markdown text. Dates stay strings; aliases are limited by the parser. */
export function readFrontMatter(text: string): FrontMatter {
  const block = text.startsWith('---') ? yamlBlock.exec(text.slice(0, longest)) : null;
  if (!block) return { data: {}, body: text, bodyLine: 1 };
  const inner = block[1] ?? '';
  const none = { data: {}, body: text, bodyLine: 1 };
  const rest = { body: text.slice(block[0].length), bodyLine: block[0].split('\n').length };
  try {
    const data: unknown = parse(inner, { schema: 'core', maxAliasCount: 50, logLevel: 'error' });
    if (data === null) return { data: {}, ...rest };
    // A list between two rules is no front matter.
    return isRecord(data) ? { data, ...rest } : none;
  } catch (error) {
    if (!/^\s*[\w"'.-]+\s*:/.test(inner)) return none;
    return { data: {}, ...rest, fault: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}
