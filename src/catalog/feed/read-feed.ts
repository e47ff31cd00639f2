import { parseFeed } from 'feedsmith';
import { messageOf } from '../../kernel/errors.ts';
import { parseDate } from '../dates.ts';
import { type Entry, type Extract, type Finding, unreadable } from '../entry.ts';
import { htmlText, opening, titleText } from '../html-text.ts';
import { resolveLink } from '../resolve-link.ts';
import { type FeedItem, itemsOf } from './feed-items.ts';

/** Longer texts than this are the article, not its summary; in characters. */
const longestSummary = 1000;

/**
 * Reads RSS 0.9x to 2.0, RDF, Atom and JSON Feed.
 *
 * @param base the feed's own address; without it relative links are resolved against the feed's own site
 */
export function readFeed(text: string, base: string | undefined): Extract {
  let feed: ReturnType<typeof itemsOf>;
  try {
    feed = itemsOf(parseFeed(text.trim()));
  } catch (error) {
    const page = /^\s*<!doctype html|^\s*<html/i.test(text)
      ? 'it is a web page, not a feed'
      : `it is no feed that can be read (${messageOf(error)})`;
    return unreadable('not-a-feed', `${page}; check the address`);
  }
  const site = base ?? feed.site;
  const entries: Entry[] = [];
  const findings: Finding[] = [];
  for (const [at, item] of feed.items.entries()) {
    const url = urlOf(item, site);
    const title = titleOf(item);
    if (url === undefined) {
      findings.push({
        code: 'no-link',
        severity: 'warning',
        message: `item ${at + 1} "${opening(title, 60)}" has no http(s) link; give it a <link>`,
      });
    } else if (title === '') {
      findings.push({
        code: 'empty-title',
        severity: 'warning',
        message: `item ${at + 1} (${url}) has neither title nor text; give it a <title>`,
      });
    } else entries.push(entryOf(item, title, url, site));
  }
  return { entries, findings };
}

function entryOf(item: FeedItem, title: string, url: string, base: string | undefined): Entry {
  const date = item.dates.map(parseDate).find((one) => one !== undefined);
  const image = item.image === undefined ? undefined : resolveLink(item.image, base);
  return {
    title,
    url,
    ...(item.guid === undefined ? {} : { guid: item.guid }),
    category: [],
    summary: opening(htmlText(item.summary ?? item.content ?? ''), longestSummary),
    links: [],
    ...(date === undefined ? {} : { date }),
    tags: [...new Set(item.tags.map(titleText))].filter((tag) => tag !== ''),
    ...(image?.kind === 'address' ? { image: image.url } : {}),
  };
}

function titleOf({ title, summary, content }: FeedItem): string {
  const own = titleText(title ?? '');
  return own === '' ? opening(htmlText(summary ?? content ?? '').split('\n')[0] ?? '', 80) : own;
}

/** The first of the item's links that leads to a page; templates that nobody filled in lead nowhere. */
function urlOf({ links }: FeedItem, base: string | undefined): string | undefined {
  for (const link of links) {
    if (/[{}<>]/.test(link)) continue;
    const target = resolveLink(link, base);
    if (target.kind === 'address') return target.url;
  }
  return undefined;
}
