import { decodeXML } from 'entities';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';

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

/** What the parser makes of a document when the order is preserved. */
const nodes = z.array(z.record(z.string(), z.unknown()));

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

/** Without the characters that XML 1.0 does not know: readers do send them, and a strict reader stumbles. */
export function withoutControls(text: string): string {
  return [...text].filter(isXmlCharacter).join('');
}

function isXmlCharacter(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff;
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

function elementsOf(parsed: unknown): XmlElement[] {
  return nodes.parse(parsed).flatMap((node) =>
    Object.entries(node)
      .filter(([name]) => name !== '#text' && name !== 'cdata')
      .map(([name, content]) => ({ name, text: textIn(content), children: elementsOf(content) })),
  );
}

function textIn(content: unknown): string {
  return nodes
    .parse(content)
    .map((node) => {
      if ('cdata' in node)
        return nodes
          .parse(node.cdata)
          .map((part) => String(part['#text'] ?? ''))
          .join('');
      return '#text' in node ? decodeXML(String(node['#text'])) : '';
    })
    .join('');
}
