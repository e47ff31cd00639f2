import { parse as parseToml } from 'smol-toml';
import { isRecord } from '../../kernel/is-record.ts';
import { parseYaml } from '../data/parse-yaml.ts';

/** The data block at the head of a Markdown file, and what follows it. */
export interface FrontMatter {
  /** Empty where there is none, or none that can be read. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** The line on which the body begins, from 1. */
  readonly bodyLine: number;
  /** What is wrong with it, and what it was meant to be. */
  readonly fault?: { readonly language: Language; readonly message: string };
}

type Language = 'YAML' | 'TOML' | 'JSON';

interface Form {
  readonly language: Language;
  readonly start: string;
  /** The block; its first group is the data. */
  readonly block: RegExp;
  /** What data begins like: without it a block that cannot be read is none, such as text between two rules. */
  readonly looksLike: RegExp;
  readonly parse: (text: string) => unknown;
}

/** Jekyll, Hexo and Astro write YAML; Hugo and Zola TOML as well, and Hugo JSON. */
const forms: readonly Form[] = [
  {
    language: 'YAML',
    start: '---',
    block: /^---[ \t]*\n(?:([\s\S]*?)\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)/,
    looksLike: /^\s*[\w"'.-]+\s*:/,
    parse: (text) => parseYaml(text, { maxAliasCount: 50 }),
  },
  {
    language: 'TOML',
    start: '+++',
    block: /^\+\+\+[ \t]*\n(?:([\s\S]*?)\n)?\+\+\+[ \t]*(?:\n|$)/,
    looksLike: /^\s*(?:[\w"'.-]+\s*=|\[|#)/,
    parse: (text) => withTaxonomies(parseToml(text)),
  },
  {
    language: 'JSON',
    start: '{',
    block: /^(\{[ \t]*\n[\s\S]*?\n\})[ \t]*(?:\n|$)/,
    looksLike: /^\{\s*"[^"\n]*"\s*:/,
    parse: (text) => JSON.parse(text),
  },
];

/** Longer ones are no front matter. */
const longest = 64_000;

/** Takes the front matter off a Markdown text. Dates and numbers stay what was written; YAML's aliases are limited. */
export function readFrontMatter(text: string): FrontMatter {
  const none = { data: {}, body: text, bodyLine: 1 };
  const form = forms.find(({ start }) => text.startsWith(start));
  const block = form?.block.exec(text.slice(0, longest));
  if (!form || !block) return none;
  const { language, looksLike, parse } = form;
  const inner = block[1] ?? '';
  const rest = { body: text.slice(block[0].length), bodyLine: block[0].split('\n').length };
  try {
    const data = parse(inner);
    if (data === null) return { data: {}, ...rest };
    // A list between two rules is no front matter.
    return isRecord(data) ? { data, ...rest } : none;
  } catch (error) {
    if (!looksLike.test(inner)) return none;
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { data: {}, ...rest, fault: { language, message } };
  }
}

/** Zola keeps tags and categories in a table of their own, and what a theme defines in another. */
function withTaxonomies(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { taxonomies, extra } = data;
  return { ...(isRecord(extra) ? extra : {}), ...(isRecord(taxonomies) ? taxonomies : {}), ...data };
}
