/** A further link that an entry brings beside the article's own: code, slides, a video. */
export interface PostLink {
  readonly title: string;
  readonly url: string;
}

/** The place of a post within a series of its category; places count from 1. */
export interface SeriesPlace {
  readonly name: string;
  readonly place: number;
}

/** One article record, as read from a source. Plain text everywhere: no markup, no HTML. */
export interface Post {
  /** Made from the canonical url (see `postId`): stable over edits, moves and re-orderings. */
  readonly id: string;
  /**
   * Further ids that have named or may come to name this very post: it is known if any of its ids is. They
   * hold when one url gets a second title, or when a feed changes a url but not the guid.
   */
  readonly aliases?: readonly string[];
  readonly title: string;
  /** Where the article is, as the source writes it, resolved to an absolute http(s) url. */
  readonly url: string;
  /** Path of headings from the outermost, without a sole h1; empty where the source has none. */
  readonly category: readonly string[];
  /** Further category paths of the same post. */
  readonly alsoIn?: readonly (readonly string[])[];
  readonly summary: string;
  readonly links: readonly PostLink[];
  /** `YYYY-MM-DD`, or an ISO instant in UTC where the source knows the time. */
  readonly date?: string;
  readonly tags: readonly string[];
  /** Absolute url of a cover picture, if the source has one. */
  readonly image?: string;
  readonly series?: SeriesPlace;
  /** The `id` of the source: an entry of `CATALOG`, or one feed of a list of feeds. */
  readonly source: string;
  /** Where the source is a folder: the file in it, as people would name it. */
  readonly file?: string;
  /** The line of the file or source (from 1) where the entry stands. */
  readonly line?: number;
}

/** What is wrong in a source, where, and what to do about it. */
export interface CatalogProblem {
  /** The file or url to look into. */
  readonly source: string;
  readonly line?: number;
  /** A stable word to search for, such as `duplicate-url`. */
  readonly code: string;
  /** Errors lose something of the catalog; warnings do not. */
  readonly severity: 'error' | 'warning';
  /** Names the thing, the fault and the remedy. */
  readonly message: string;
}

/** All that one reading of one source brought. */
export interface Reading {
  readonly source: string;
  readonly posts: readonly Post[];
  readonly problems: readonly CatalogProblem[];
  /** True of feeds: they show the newest posts only, so one that is no longer shown is not gone. */
  readonly window?: boolean;
  /** A part of the source that could not be read; what was last read of it stands in, if there was anything. */
  readonly stale?: CatalogProblem;
}

/** An immutable snapshot of all posts of all sources, in order. */
export interface Catalog {
  readonly posts: readonly Post[];
  /**
   * The ids of the sources that have been read, with or without posts; those of the posts where absent.
   * A source that is listed while empty has had its first reading, so that its first post is news.
   */
  readonly sources?: readonly string[];
  /** The ids of the sources whose last reading was a window: posts that are missing from them are not gone. */
  readonly windows?: readonly string[];
  readonly problems: readonly CatalogProblem[];
  /** Changes exactly when something of the posts changes. */
  readonly revision: string;
}

/** The name under which people see and subscribe to a category path. */
export function categoryName(path: readonly string[]): string {
  return path.join(' / ');
}
