import { decodeXML } from 'entities';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isRecord } from '../../kernel/is-record.ts';

/** An element of a callback's XML: its own text, and the elements in it. Attributes do not occur. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/**
 * Values stay strings (a content of `007` is no number), and no entity of a document type is known.
 * The order is preserved so that a value in several CDATA sections is put together again.
 */
const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  ignoreAttributes: true,
  preserveOrder: true,
  cdataPropName: 'cdata',
});

/**
 * Reads a document whose root is `<xml>`, as both platforms send them; undefined for anything else:
 * other roots, malformed text, a document type (which is where entities would be declared).
 */
export function readXml(document: string): XmlElement | undefined {
  try {
    if (holdsDocumentType(document) || XMLValidator.validate(document) !== true) return undefined;
    const roots = elementsOf(parser.parse(document)).filter(({ name }) => !name.startsWith('?'));
    const [root] = roots;
    return roots.length === 1 && root?.name === 'xml' ? root : undefined;
  } catch {
    // The parser throws at what it cannot read: too deep nesting, reserved names, open sections.
    return undefined;
  }
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

/** Looks outside of CDATA sections only: a reader may well send `<!DOCTYPE html>` as a message. */
function holdsDocumentType(document: string): boolean {
  let at = 0;
  while (at < document.length) {
    const declaration = document.indexOf('<!', at);
    if (declaration < 0) return false;
    if (document.startsWith('<![CDATA[', declaration)) {
      const end = document.indexOf(']]>', declaration);
      if (end < 0) return false;
      at = end + 3;
    } else if (document.startsWith('<!--', declaration)) {
      const end = document.indexOf('-->', declaration);
      if (end < 0) return false;
      at = end + 3;
    } else {
      return true;
    }
  }
  return false;
}

/** What the parser makes of a document when the order is preserved: each node has one key. */
type Node = Readonly<Record<string, unknown>>;

function nodesIn(parsed: unknown): readonly Node[] {
  return Array.isArray(parsed) ? parsed.filter(isRecord) : [];
}

function elementsOf(parsed: unknown): XmlElement[] {
  const elements: XmlElement[] = [];
  for (const node of nodesIn(parsed)) {
    for (const [name, content] of Object.entries(node)) {
      if (name === '#text' || name === 'cdata') continue;
      elements.push({ name, text: textIn(content), children: elementsOf(content) });
    }
  }
  return elements;
}

function textIn(content: unknown): string {
  let text = '';
  for (const node of nodesIn(content)) {
    if ('cdata' in node) for (const part of nodesIn(node.cdata)) text += String(part['#text'] ?? '');
    else if ('#text' in node) text += decodeXML(String(node['#text']));
  }
  return text;
}
