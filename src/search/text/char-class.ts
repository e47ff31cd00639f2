/** Neither a letter nor a digit: space, punctuation, symbols. */
export const BREAK = 0;
/** A letter of an alphabet that sets words apart by spaces. */
export const LETTER = 1;
const DIGIT = 2;
/** Han, kana and hangul: scripts that are searched by pairs of characters. */
export const CJK = 3;

/** The class of one UTF-16 unit of a folded text, where low surrogates are those of rare Han characters. */
export function charClass(code: number): number {
  if (code < 0x80) {
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return LETTER;
    return code >= 48 && code <= 57 ? DIGIT : BREAK;
  }
  if (code >= 0x4e00 && code <= 0x9fff) return CJK;
  if (code < 0x2e80) return isAlphabetic(code) ? LETTER : BREAK;
  if (code >= 0x3400 && code <= 0x4dbf) return CJK;
  if (code === 0x3005 || code === 0x3007) return CJK;
  if (code >= 0x3041 && code <= 0x30ff) return code === 0x30fb ? BREAK : CJK;
  if (code >= 0x3131 && code <= 0x318e) return CJK;
  if (code >= 0xac00 && code <= 0xd7a3) return CJK;
  if (code >= 0xf900 && code <= 0xfaff) return CJK;
  // Planes 2 and 3 hold the rare Han characters: high surrogates D840 to D888.
  if (code >= 0xd840 && code <= 0xd888) return CJK;
  return code >= 0xdc00 && code <= 0xdfff ? CJK : BREAK;
}

function isAlphabetic(code: number): boolean {
  if (code >= 0xc0 && code <= 0x24f) return code !== 0xd7 && code !== 0xf7;
  if (code >= 0x370 && code <= 0x1fff) return /\p{L}|\p{M}|\p{N}/u.test(String.fromCharCode(code));
  return code === 0xaa || code === 0xb5 || code === 0xba;
}

export function isWordCode(code: number): boolean {
  const found = charClass(code);
  return found === LETTER || found === DIGIT;
}

/** True if the text holds a character of a script that is searched by pairs. */
export function hasCjk(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (charClass(text.charCodeAt(at)) === CJK) return true;
  return false;
}

/** True if every character is of a script that is searched by pairs. */
export function isCjk(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (charClass(text.charCodeAt(at)) !== CJK) return false;
  return text.length > 0;
}
