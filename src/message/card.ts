/** Text with the parts that answer the query marked: half-open UTF-16 ranges, in order, apart from each other. */
export interface MarkedText {
  readonly text: string;
  readonly marks: readonly TextRange[];
}

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The platform-neutral picture of a post. Everything in it is hostile until the channel has escaped it. */
export interface Card {
  readonly postId: string;
  readonly title: MarkedText;
  readonly url: string;
  /** The path of the category; empty where there is none. */
  readonly category: readonly string[];
  /** The sentences of the summary that matter here; may be empty. */
  readonly snippet: MarkedText;
  readonly date?: string;
  /** Absolute url of a picture. */
  readonly cover?: string;
}

/** Text without marks. */
export function plain(text: string): MarkedText {
  return { text, marks: [] };
}
