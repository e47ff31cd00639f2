import { messageOf } from '../../kernel/errors.ts';
import { feedsmith } from '../../kernel/packages-on-demand.ts';
import { type Entry, type Extract, unreadable } from '../entry.ts';
import { titleText } from '../html-text.ts';
import { resolveLink } from '../resolve-link.ts';

/** A list of feeds: their addresses; outlines that are no feed but lead to a page are posts. */
export interface FeedList extends Extract {
  readonly feeds: readonly string[];
}

interface Outline {
  readonly text?: string;
  readonly title?: string;
  readonly xmlUrl?: string;
  readonly htmlUrl?: string;
  readonly url?: string;
  readonly outlines?: readonly Outline[];
}

/** More feeds than this in one list are cut: each is a request every few minutes. */
const mostFeeds = 500;

/** Reads an OPML list, folders within folders. */
export function readOpml(text: string, base: string | undefined): FeedList {
  let outlines: readonly Outline[];
  try {
    outlines = feedsmith().parseOpml(text.trim()).body?.outlines ?? [];
  } catch (error) {
    return {
      ...unreadable('not-opml', `it is no OPML list that can be read (${messageOf(error)}); export it again`),
      feeds: [],
    };
  }
  const feeds = new Set<string>();
  const entries: Entry[] = [];
  const open: { outline: Outline; path: readonly string[] }[] = outlines
    .map((outline) => ({ outline, path: [] }))
    .reverse();
  for (let next = open.pop(); next; next = open.pop()) {
    const { outline, path } = next;
    const title = titleText(outline.text ?? outline.title ?? '');
    const feed = resolveLink(outline.xmlUrl ?? '', base);
    const page = resolveLink(outline.htmlUrl ?? outline.url ?? '', base);
    if (feed.kind === 'address') feeds.add(feed.url);
    else if (page.kind === 'address' && title !== '') {
      entries.push({ title, url: page.url, category: path, summary: '', links: [], tags: [] });
    }
    const inner = title === '' ? path : [...path, title];
    for (const child of [...(outline.outlines ?? [])].reverse()) open.push({ outline: child, path: inner });
  }
  const findings =
    feeds.size > mostFeeds
      ? [
          {
            code: 'too-many-feeds',
            severity: 'error' as const,
            message: `it lists ${feeds.size} feeds, of which the first ${mostFeeds} are read; split it`,
          },
        ]
      : [];
  return { entries, findings, feeds: [...feeds].slice(0, mostFeeds) };
}
