import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** A document's bytes as text, or why they are none. */
export type Decoded = { readonly text: string; readonly charset: string } | { readonly fault: string };

/**
 * Turns bytes into text. UTF-8 is tried first and trusted over any declaration, for no other text reads as UTF-8
 * by chance; then the declared charset; then a guess for undeclared Chinese. Byte order marks go, and lines end in
 * `\n`.
 *
 * @param declared the charset of the `Content-Type`, if there was one
 */
export function decode(bytes: Uint8Array, declared?: string): Decoded {
  const marked = charsetOfMark(bytes);
  if (marked) return decoded(bytes, marked);
  if (isUtf8(bytes)) {
    const utf8 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    return utf8.includes('\u0000')
      ? { fault: 'it is a binary file, not text' }
      : { text: tidyLines(utf8), charset: 'utf-8' };
  }
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  for (const name of [declaredIn(head), declared]) {
    if (name === undefined || /^utf-?8$/i.test(name)) continue;
    const charset = widest(name);
    if (!iconv.encodingExists(charset)) return { fault: `its encoding "${name}" is unknown; save it as UTF-8` };
    return decoded(bytes, charset);
  }
  if (bytes.subarray(0, 4096).includes(0)) return { fault: 'it is a binary file, not text' };
  return guess(bytes);
}

/** GB2312 and GBK are parts of GB18030; what calls itself Latin-1 is Windows-1252. */
function widest(charset: string): string {
  const name = charset.toLowerCase().replace(/["']/g, '').trim();
  if (/^(?:gb2312|gbk|gb_2312-80|x-gbk|cp936|ms936)$/.test(name)) return 'gb18030';
  if (/^(?:iso-8859-1|latin-?1|us-ascii|ascii)$/.test(name)) return 'windows-1252';
  return name;
}

function charsetOfMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

function declaredIn(head: string): string | undefined {
  return (
    /<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1] ??
    /<meta[^>]*\bcharset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1]
  );
}

/** Of the charsets of undeclared Chinese, the one that reads without a fault; Western text if none does. */
function guess(bytes: Uint8Array): Decoded {
  const [best] = ['gb18030', 'big5']
    .map((charset) => ({ charset, text: decodeStrictly(bytes, charset) }))
    .flatMap(({ charset, text }) => (text === undefined ? [] : [{ charset, text, common: commonShare(text) }]))
    .sort((one, other) => other.common - one.common);
  if (best && best.common > 0.02) return { text: tidyLines(best.text), charset: best.charset };
  return decoded(bytes, 'windows-1252');
}

const commonCharacters = new Set(
  '的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市的這來個國說們為時過學對後還沒發成動兩長現將與進實點種聲話問機給幾業間東海關並內由卻產',
);

/** How much of the text is of the characters that any Chinese text is full of. */
function commonShare(text: string): number {
  const sample = text.slice(0, 20_000);
  let common = 0;
  let others = 0;
  for (const character of sample) {
    if (character < '\u0080') continue;
    if (commonCharacters.has(character)) common += 1;
    else others += 1;
  }
  return common / Math.max(1, common + others);
}

function decodeStrictly(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decoded(bytes: Uint8Array, charset: string): Decoded {
  return {
    text: tidyLines(iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), charset)),
    charset,
  };
}

function tidyLines(text: string): string {
  const unmarked = text.replace(/^[\s\ufeff]*\ufeff/, '');
  return unmarked.includes('\r') ? unmarked.replace(/\r\n?/g, '\n') : unmarked;
}
