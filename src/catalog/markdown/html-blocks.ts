import { Parser } from 'htmlparser2';
import type { Block } from './blocks.ts';
import { createHtmlCollector, type HtmlCollector } from './html-collector.ts';

/** What stands in these is no text for readers. */
const silentTags = new Set(['script', 'style', 'template', 'svg', 'noscript', 'iframe', 'select', 'button']);

const paragraphTags = new Set(
  'p div section article header footer main nav center blockquote figure dd dt dl address form pre'.split(' '),
);

/**
 * Reads raw HTML into the same blocks that Markdown is read into, so that one set of rules finds the posts of
 * both. Comments, scripts and attributes are left behind.
 *
 * @param line where the HTML begins, from 1
 */
export function readHtml(html: string, line: number): Block[] {
  const blocks: Block[] = [];
  let lineNow = line;
  // The edges of details stand in different blocks of Markdown: here they need not match.
  for (const part of html.split(/(<\/?details\b[^<>]{0,500}>)/i)) {
    if (/^<\/details\b/i.test(part)) blocks.push({ kind: 'details-close' });
    else if (/^<details\b/i.test(part)) blocks.push({ kind: 'details-open' });
    else for (const block of readPart(part, lineNow)) blocks.push(block);
    lineNow += part.split('\n').length - 1;
  }
  return blocks;
}

function readPart(html: string, line: number): Block[] {
  let lineNow = line;
  let counted = 0;
  let silent = 0;
  let code = 0;
  const aligned: string[] = [];
  const collector = createHtmlCollector(
    () => lineNow,
    () => aligned.length > 0,
  );
  const countLines = (upTo: number) => {
    for (; counted < upTo; counted += 1) if (html.charCodeAt(counted) === 10) lineNow += 1;
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        countLines(parser.startIndex);
        if (silentTags.has(name)) silent += 1;
        if (name === 'pre') code += 1;
        if (silent > 0) return;
        const isAligned = name === 'center' || /^(?:center|right)$/i.test(attributes.align ?? '');
        // A link that is shown as code is an example.
        if (code === 0 || name !== 'a') openTag(name, attributes, collector);
        if (isAligned && paragraphTags.has(name)) aligned.push(name);
      },
      ontext(text) {
        if (silent === 0) addText(text, collector);
        countLines(parser.endIndex);
      },
      onclosetag(name, implied) {
        if (!implied) countLines(parser.startIndex);
        if (name === 'pre') code = Math.max(0, code - 1);
        if (silentTags.has(name)) silent = Math.max(0, silent - 1);
        else if (silent === 0) {
          closeTag(name, collector);
          if (aligned.at(-1) === name) aligned.pop();
        }
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(html);
  return collector.finish();
}

/** Authors part links by new lines, as browsers would not: a line of the file is a line of text. */
function addText(text: string, { spans }: HtmlCollector): void {
  for (const [at, part] of text.split('\n').entries()) {
    if (at > 0) spans.lineBreak();
    spans.text(part.replace(/\s+/g, ' '));
  }
}

function openTag(name: string, attributes: Readonly<Record<string, string>>, collector: HtmlCollector): void {
  const { spans } = collector;
  if (name === 'a' && attributes.href !== undefined) spans.openLink(attributes.href);
  else if (name === 'br') spans.lineBreak();
  else if (name === 'img') spans.image(attributes.src ?? '');
  else if (name === 'b' || name === 'strong') spans.openStrong();
  else if (name === 'table') collector.openTable();
  else if (name === 'tr') collector.openRow();
  else if (name === 'td' || name === 'th')
    collector.openCell(name === 'th', Math.min(Number(attributes.rowspan) || 1, 1000));
  else if (collector.isInCell()) {
    if (paragraphTags.has(name) || name === 'li') spans.lineBreak();
  } else if (/^h[1-6]$/.test(name)) collector.openHeading(Number(name[1]));
  else if (name === 'ul' || name === 'ol') collector.openList();
  else if (name === 'li') collector.openItem();
  else if (name === 'summary') collector.openName();
  else if (name === 'hr') collector.rule();
  else if (paragraphTags.has(name)) collector.endText();
}

function closeTag(name: string, collector: HtmlCollector): void {
  if (name === 'a') collector.spans.closeLink();
  else if (name === 'b' || name === 'strong') collector.spans.closeStrong();
  else if (name === 'td' || name === 'th') collector.closeCell();
  else if (name === 'tr') collector.closeRow();
  else if (name === 'table') collector.closeTable();
  else if (collector.isInCell()) return;
  else if (name === 'summary') collector.closeName();
  else if (name === 'ul' || name === 'ol') collector.closeList();
  else if (name === 'li') collector.closeItem();
  else if (paragraphTags.has(name) || /^h[1-6]$/.test(name)) collector.endText();
}
