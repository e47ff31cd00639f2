import { yaml } from '../../kernel/packages-on-demand.ts';
import type { CatalogProblem } from '../../posts/post.ts';

/** Names of one thing, in any language and spelling; a search for one finds the others. */
export interface Concept {
  readonly names: readonly string[];
  /** Narrower or neighbouring things: found too, below the names. */
  readonly related: readonly string[];
  /** Of everyday words: what people say of any subject. Left out, the concept belongs to a field. */
  readonly everyday?: boolean;
}

export interface Glossary {
  readonly concepts: readonly Concept[];
}

/** A glossary and what is wrong with its text; concepts with a fault are left out. */
export interface GlossaryReading {
  readonly glossary: Glossary;
  readonly problems: readonly CatalogProblem[];
}

const LONGEST_NAME = 80;
const REMEDY = 'Write one concept a line, as "- 微调, fine-tuning, finetuning ~ LoRA, PEFT".';

/**
 * Reads a glossary: a YAML list with one concept an entry, names parted by commas, and after `~` what is related.
 * Never throws: whatever is wrong with the text comes back as problems with their lines.
 */
export function loadGlossary(text: string, sourceName: string): GlossaryReading {
  return readPlainly(text) ?? readYaml(text, sourceName);
}

/** A line that means in YAML just what it says: quotes are signs of their own at its beginning only. */
const PLAIN_ENTRY = /^- ([^\s'"[\]{}&*!|>%@`#?:,~-].*)$/;

/**
 * The usual form, a plain entry a line, read at a thirtieth of the cost: YAML takes a fifth of a second for the
 * default glossary. Undefined where anything else stands in the text.
 */
function readPlainly(text: string): GlossaryReading | undefined {
  const concepts: Concept[] = [];
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const entry = PLAIN_ENTRY.exec(line)?.[1];
    if (entry === undefined || /\s#|:(\s|$)/.test(entry)) return undefined;
    const concept = conceptOf(entry);
    if (!concept) return undefined;
    concepts.push(concept);
  }
  return concepts.length > 0 ? { glossary: { concepts }, problems: [] } : undefined;
}

function readYaml(text: string, sourceName: string): GlossaryReading {
  const { LineCounter, parseDocument } = yaml();
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, schema: 'failsafe', logLevel: 'silent' });
  const problems: CatalogProblem[] = document.errors.map((error) => ({
    source: sourceName,
    line: lineCounter.linePos(error.pos[0]).line,
    code: 'glossary-syntax',
    severity: 'error',
    message: `This is not valid YAML: ${error.message.split('\n')[0] ?? ''} ${REMEDY}`,
  }));
  const concepts: Concept[] = [];
  for (const { value, offset } of entriesOf(document.contents)) {
    const line = lineCounter.linePos(offset).line;
    const concept = value === undefined ? undefined : conceptOf(value);
    if (concept) concepts.push(concept);
    else problems.push(problemOf(sourceName, line, value));
  }
  if (problems.length === 0 && concepts.length === 0 && text.trim() !== '' && document.contents !== null) {
    problems.push(problemOf(sourceName, 1, undefined));
  }
  return { glossary: { concepts }, problems };
}

function conceptOf(value: string): Concept | undefined {
  const [names = '', related = '', ...more] = value.split('~');
  const concept = { names: listOf(names), related: listOf(related) };
  const all = [...concept.names, ...concept.related];
  const fine = more.length === 0 && concept.names.length > 0 && all.length > 1;
  return fine && all.every((name) => name.length <= LONGEST_NAME) ? concept : undefined;
}

function listOf(names: string): string[] {
  return names
    .split(/[,，、]/)
    .map((name) => name.trim())
    .filter(Boolean);
}

function problemOf(source: string, line: number, value: string | undefined): CatalogProblem {
  const what =
    value === undefined ? 'This is not an entry of a list of names' : `"${value.slice(0, 40)}" names too little`;
  return { source, line, code: 'glossary-entry', severity: 'error', message: `${what}. ${REMEDY}` };
}

interface Entry {
  /** Undefined where the entry is no plain text. */
  readonly value: string | undefined;
  readonly offset: number;
}

function entriesOf(contents: unknown): Entry[] {
  if (contents === null) return [];
  const items = isRecord(contents) && Array.isArray(contents.items) ? contents.items : undefined;
  if (!items || items.some((item) => isRecord(item) && 'key' in item)) return [{ value: undefined, offset: 0 }];
  return items.map((item: unknown) => {
    const range = isRecord(item) && Array.isArray(item.range) ? Number(item.range[0]) : 0;
    return { value: isRecord(item) && typeof item.value === 'string' ? item.value : undefined, offset: range };
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
