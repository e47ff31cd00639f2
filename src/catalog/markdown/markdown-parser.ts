import createMarkdownIt, { type MarkdownIt, type StateBlock } from 'markdown-it';
import { ignoreFootnotes } from './footnotes.ts';

/**
 * CommonMark with tables and raw HTML, as GitHub shows it, and with headings as authors mean them: `##Title`
 * without a space was one for years. Urls stay as they are written, and bare ones are not made links here.
 */
export function createMarkdownParser(): MarkdownIt {
  const parser = createMarkdownIt('default', { html: true, linkify: false, typographer: false });
  // Parted texts are joined where spans are made of them.
  parser.core.ruler.disable('text_join');
  parser.normalizeLink = (url) => url;
  parser.normalizeLinkText = (text) => text;
  parser.block.ruler.before('paragraph', 'heading_without_space', headingWithoutSpace, {
    alt: ['paragraph', 'blockquote'],
  });
  ignoreFootnotes(parser);
  return parser;
}

/**
 * Two hashes or more before anything but a space. One hash only before a link or above a list, for `#word` is a tag
 * elsewhere.
 */
function headingWithoutSpace(state: StateBlock, line: number, _end: number, silent: boolean): boolean {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  const text = state.src.slice(start, Math.min(state.eMarks[line] ?? start, start + 8));
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4) return false;
  const hashes = /^#{1,6}(?![#\s!])/.exec(text);
  if (!hashes || (hashes[0] === '#' && text[1] !== '[' && !(isAlone(state, line) && isAboveList(state, line))))
    return false;
  if (silent) return true;
  const level = hashes[0].length;
  const content = state.src.slice(start + level, state.eMarks[line]).trim();
  if (content === '') return false;
  state.line = line + 1;
  const open = state.push('heading_open', `h${level}`, 1);
  open.map = [line, state.line];
  const inline = state.push('inline', '', 0);
  inline.content = content;
  inline.map = [line, state.line];
  inline.children = [];
  state.push('heading_close', `h${level}`, -1);
  return true;
}

/** The one tag-like word of a paragraph of its own. */
function isAlone(state: StateBlock, line: number): boolean {
  const text = state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  return (line === 0 || state.isEmpty(line - 1)) && text.length <= 40 && !/\s#|#.*#/.test(text);
}

function isAboveList(state: StateBlock, line: number): boolean {
  const next = state.skipEmptyLines(line + 1);
  if (next >= state.lineMax) return false;
  const start = (state.bMarks[next] ?? 0) + (state.tShift[next] ?? 0);
  return /^(?:[-*+]\s|\d+[.)]\s|#|\[|\|)/.test(state.src.slice(start, start + 8));
}
