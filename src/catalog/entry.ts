import type { PostLink } from '../posts/post.ts';
import type { EntryKeys } from '../posts/post-id.ts';

/** A post as a reader found it, before it has its identity. Plain text everywhere. */
export interface Entry {
  readonly title: string;
  /** Absolute http(s) url. */
  readonly url: string;
  /** A feed's own id of the item. */
  readonly guid?: string;
  /** Of its identity, where a thread has worked them out already. */
  readonly keys?: EntryKeys;
  readonly category: readonly string[];
  readonly summary: string;
  readonly links: readonly PostLink[];
  readonly date?: string;
  readonly tags: readonly string[];
  readonly image?: string;
  readonly line?: number;
}

/** Something a reader has to say about a document; the source is added by whoever knows it. */
export interface Finding {
  readonly line?: number;
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** What a reader makes of one document. */
export interface Extract {
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
  /** The document as a whole could not be understood: what an earlier reading found still holds. */
  readonly unreadable?: boolean;
}

/** An extract that says why a document could not be understood. */
export function unreadable(code: string, message: string): Extract {
  return { entries: [], findings: [{ code, severity: 'error', message }], unreadable: true };
}
