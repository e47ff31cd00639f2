import { escapeUTF8 } from 'entities';

/** Markup that is safe to send: made by `html` alone. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | Html | undefined | readonly Html[];

/**
 * Markup from a template: whatever is put in is text and escaped, unless `html` made it. Attributes have to stand in
 * double quotes. It serves XML as well.
 */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = template.map((fixed, at) => fixed + markupOf(parts[at])).join('');
  return { markup };
}

function markupOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeUTF8(withoutControls(String(part)));
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
}

/** Without the characters that XML 1.0 has no way to write (section 2.2), which would make a document unreadable. */
export function withoutControls(value: string): string {
  return value.replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '');
}
