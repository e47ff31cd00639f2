/** A piece of a line. Text is plain: entities, escapes and emoji shortcodes are resolved, tags are gone. */
export type Span =
  | { readonly kind: 'text'; readonly text: string; readonly strong: boolean; readonly code: boolean }
  /** The text of a link may be empty: that is a fault to report. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string; readonly strong: boolean }
  /** `linked` pictures are badges: a link that wraps nothing but a picture. */
  | { readonly kind: 'image'; readonly src: string; readonly linked: boolean }
  | { readonly kind: 'break' };

export type LinkSpan = Extract<Span, { kind: 'link' }>;

/** An item of a list; the first block is its lead. */
export interface Item {
  readonly blocks: readonly Block[];
  readonly line: number;
}

export interface Row {
  readonly cells: readonly (readonly Span[])[];
  readonly line: number;
}

/** What a document consists of, from Markdown and from HTML alike. Lines count from 1. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly spans: readonly Span[]; readonly line: number }
  /** `decorative`: set apart by its alignment, as banners and navigation are. */
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[]; readonly line: number; readonly decorative: boolean }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'table'; readonly head: readonly (readonly Span[])[]; readonly rows: readonly Row[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'rule' }
  /** The edges of `<details>`, and the text of its `<summary>`. */
  | { readonly kind: 'details-open' }
  | { readonly kind: 'details-name'; readonly spans: readonly Span[] }
  | { readonly kind: 'details-close' };
