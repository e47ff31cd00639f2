import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/**
 * Leaves footnotes out, as GitHub sets them apart: `[^1]` in the text, and `[^1]: …` that it refers to. Without this
 * rule both would be read as links of the post, or as a post.
 */
export function ignoreFootnotes(parser: MarkdownIt): void {
  /** The labels that a document defines, by its environment: a `[^abc]` without a definition is text. */
  const documents = new WeakMap<object, Set<string>>();
  const labelsOf = (env: object) => {
    const labels = documents.get(env) ?? new Set();
    documents.set(env, labels);
    return labels;
  };
  parser.block.ruler.before('reference', 'footnote_definition', (state, line, end, silent) =>
    definition(state, line, end, silent, labelsOf(state.env)),
  );
  parser.inline.ruler.before('link', 'footnote', (state) => reference(state, labelsOf(state.env)));
}

/** The definition and what goes on below it: lines up to an empty one, and whatever is indented behind that. */
function definition(state: StateBlock, line: number, end: number, silent: boolean, labels: Set<string>): boolean {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  if (state.src.charCodeAt(start) !== 0x5b || state.src.charCodeAt(start + 1) !== 0x5e) return false;
  const label = /^\[\^([^\]\s]{1,60})\]:/.exec(state.src.slice(start, start + 70))?.[1];
  if (label === undefined) return false;
  if (silent) return true;
  labels.add(label);
  let next = line + 1;
  while (next < end && !(state.isEmpty(next) && !isIndented(state, next + 1, end))) {
    if (!state.isEmpty(next) && /^\[\^/.test(lineText(state, next))) break;
    next += 1;
  }
  state.line = next;
  return true;
}

function isIndented(state: StateBlock, line: number, end: number): boolean {
  return line < end && !state.isEmpty(line) && (state.sCount[line] ?? 0) - state.blkIndent >= 4;
}

function lineText(state: StateBlock, line: number): string {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  return state.src.slice(start, start + 2);
}

function reference(state: StateInline, labels: ReadonlySet<string>): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x5b || state.src.charCodeAt(state.pos + 1) !== 0x5e) return false;
  const [whole, label] = /^\[\^([^\]\s]{1,60})\]/.exec(state.src.slice(state.pos, state.pos + 70)) ?? [];
  if (whole === undefined || label === undefined || !labels.has(label)) return false;
  state.pos += whole.length;
  return true;
}
