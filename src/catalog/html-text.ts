import { Parser } from 'htmlparser2';
import { readHtml } from './markdown/html-blocks.ts';
import { blocksText, oneLine } from './markdown/text.ts';

const inlineTags = new Set(
  'a abbr b bdi bdo big br cite code del em font i img ins kbd mark nobr q s samp small span strike strong sub sup tt u var wbr p div h1 h2 h3 h4 h5 h6'.split(
    ' ',
  ),
);

/** The readable text of an HTML fragment, a line a block. */
export function htmlText(html: string): string {
  return blocksText(readHtml(html, 1));
}

/** A title in which markup may stand: known tags go, entities are resolved, and `List<String>` stays. */
export function titleText(title: string): string {
  if (!/[<&]/.test(title)) return oneLine(title);
  let text = '';
  const keepUnknown = (name: string) => {
    if (!inlineTags.has(name.toLowerCase())) text += title.slice(parser.startIndex, parser.endIndex + 1);
  };
  const parser: Parser = new Parser(
    {
      ontext: (part) => {
        text += part;
      },
      onopentagname: keepUnknown,
      onclosetag: (name, implied) => {
        if (!implied) keepUnknown(name);
      },
    },
    { decodeEntities: true, lowerCaseTags: false },
  );
  parser.end(title);
  return oneLine(text);
}

/** The beginning of a long text, up to the end of a sentence or a word. */
export function opening(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest);
  const end = Math.max(...['。', '！', '？', '. ', '! ', '? ', '\n'].map((mark) => cut.lastIndexOf(mark)));
  if (end > longest / 2) return cut.slice(0, end + 1).trim();
  const word = cut.lastIndexOf(' ');
  return `${cut.slice(0, word > longest / 2 ? word : longest).trim()}…`;
}
