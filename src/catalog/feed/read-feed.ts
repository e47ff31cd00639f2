import { decodeHTML } from 'entities';
import { messageOf } from '../../kernel/errors.ts';
import { feedsmith } from '../../kernel/packages-on-demand.ts';
import { parseDate } from '../dates.ts';
import { type Entry, type Extract, type Finding, unreadable } from '../entry.ts';
import { htmlText, opening, titleText } from '../html-text.ts';
import { oneLine } from '../markdown/text.ts';
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
  const written = withoutControls(text);
  const whole = parse(written);
  if (!('fault' in whole)) return extractOf(whole, base);
  const mended = escapeBareLess(written);
  const escaped = mended === written ? whole : parse(mended);
  if (!('fault' in escaped)) return extractOf(escaped, base);
  const cut = parse(closedEarly(mended));
  if ('fault' in cut) {
    const isPage = /^\s*<!doctype html|^\s*<html/i.test(text);
    const reason = isPage ? 'it is a web page, not a feed' : `it is no feed that can be read (${whole.fault})`;
    return unreadable('not-a-feed', `${reason}; check the address`);
  }
  const { entries, findings } = extractOf(cut, base);
  const finding: Finding = {
    code: 'truncated',
    severity: 'error',
    message: `it ends in the middle, after ${entries.length} whole items; fetch or write it again`,
  };
  return { entries, findings: [finding, ...findings], unreadable: true };
}

function parse(text: string): ReturnType<typeof itemsOf> | { readonly fault: string } {
  try {
    const feed = itemsOf(feedsmith().parseFeed(text.trim()));
    const base = feed.xmlBase ?? rootBase(text);
    return base === undefined ? feed : { ...feed, xmlBase: base };
  } catch (error) {
    return { fault: messageOf(error) };
  }
}

/** XML has no control characters, and no reader wants them. */
function withoutControls(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, ' ');
}

/** `1 < 2` and `<3` in a text that should have been escaped; what stands in CDATA and comments stays. */
function escapeBareLess(text: string): string {
  const parts: string[] = [];
  let taken = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const close = text.startsWith('<![CDATA[', at) ? ']]>' : text.startsWith('<!--', at) ? '-->' : undefined;
    if (close !== undefined) {
      at = text.indexOf(close, at);
      if (at < 0) break;
    } else if (!/[A-Za-z_/!?]/.test(text[at + 1] ?? '')) {
      parts.push(text.slice(taken, at), '&lt;');
      taken = at + 1;
    }
  }
  return parts.length === 0 ? text : `${parts.join('')}${text.slice(taken)}`;
}

/** `xml:base` of an RSS feed, where the parser does not look for it. */
function rootBase(text: string): string | undefined {
  return /<(?:rss|channel)\b[^<>]*\sxml:base\s*=\s*["']([^"'<>]+)["']/i.exec(text.slice(0, 5000))?.[1];
}

/** The feed up to its last whole item, with what closes it. */
function closedEarly(text: string): string {
  const root = /<((?:[\w-]+:)?(?:rss|feed|rdf))\b/i.exec(text.slice(0, 5000))?.[1];
  const ends = [...text.matchAll(/<\/(?:[\w-]+:)?(?:item|entry)\s*>/gi)];
  const last = ends.at(-1);
  if (root === undefined || !last) return '';
  const channel = /rss$/i.test(root) ? '</channel>' : '';
  return `${text.slice(0, last.index + last[0].length)}${channel}</${root}>`;
}

function extractOf(feed: ReturnType<typeof itemsOf>, base: string | undefined): Extract {
  const site = within(feed.xmlBase, base) ?? base ?? feed.site;
  const entries: Entry[] = [];
  const findings: Finding[] = [];
  for (const [at, item] of feed.items.entries()) {
    const own = within(item.xmlBase, site) ?? site;
    const url = urlOf(item, own);
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
    } else entries.push(entryOf(item, title, url, own));
  }
  return { entries, findings };
}

/** `xml:base` may itself be relative to what stands around it. */
function within(xmlBase: string | undefined, outer: string | undefined): string | undefined {
  return xmlBase !== undefined && URL.canParse(xmlBase, outer) ? new URL(xmlBase, outer).href : undefined;
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

function titleOf({ title, titleIsText, summary, content }: FeedItem): string {
  const own = titleIsText ? oneLine(decodeHTML(title ?? '')) : titleText(title ?? '');
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
