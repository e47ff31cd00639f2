import { SaxesParser } from 'saxes';

/** An element of a callback's XML: its own text, and the elements in it. Attributes do not occur. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/**
 * Reads a document whose root is `<xml>`, as both platforms send them; undefined for anything else: other roots,
 * what is not well formed, a document type (which is where entities would be declared). A value in several CDATA
 * sections is put together again, and stays the text that it is: a content of `007` is no number.
 */
export function readXml(document: string): XmlElement | undefined {
  const top: OpenElement = { name: '', text: '', children: [] };
  const open = [top];
  const innermost = () => open.at(-1) ?? top;
  const add = (text: string) => {
    innermost().text += text;
  };
  const parser = new SaxesParser({ position: false });
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('opentag', ({ name }) => {
    const element = { name, text: '', children: [] };
    innermost().children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', add);
  parser.on('cdata', add);
  try {
    parser.write(withoutControls(document)).close();
  } catch {
    return undefined;
  }
  const [root] = top.children;
  return root?.name === 'xml' ? root : undefined;
}

/** An element that is being read. */
interface OpenElement extends XmlElement {
  text: string;
  readonly children: OpenElement[];
}

/** The parser would go on, and make of the rest what it can. */
function refuse(): never {
  throw new Error('no document that is read');
}

/** The text of a child element, empty where it is missing: WeChat leaves out and leaves empty alike. */
export function textOf(element: XmlElement, name: string): string {
  return element.children.find((child) => child.name === name)?.text ?? '';
}

/** A CDATA section; a `]]>` within the text is parted over two. Characters that XML cannot hold are left out. */
export function cdata(text: string): string {
  return `<![CDATA[${withoutControls(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** Tabs and line breaks aside; halves of surrogate pairs and what is no character at all with them. */
const unwritable = /(?![\t\n\r])[\p{Control}\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;

/** Nearly all texts hold nothing but these, emoji among them, which is told much faster than what a character is. */
const plain = /^[\t\n\r -~\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\u{10000}-\u{1fffd}\u{20000}-\u{2fffd}]*$/u;

/** Without the characters that XML 1.0 does not know: readers do send them, and a strict reader stumbles. */
export function withoutControls(text: string): string {
  return plain.test(text) ? text : text.replace(unwritable, '');
}
