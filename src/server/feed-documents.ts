import type { Arrivals } from '../conversation/newest-first.ts';
import { feedsmith } from '../kernel/packages-on-demand.ts';
import { categoryName, type Post } from '../posts/post.ts';
import { withoutControls } from './html.ts';

/** What a feed is about, and where it stands. */
export interface FeedSubject {
  readonly title: string;
  /** The feed's own absolute url. */
  readonly feedUrl: string;
  /** The page that the feed belongs to. */
  readonly pageUrl: string;
  /** When posts came that give no date of their own, as far as known. */
  readonly arrivals: Arrivals;
}

/** Atom wants an instant for each entry, and one that stays: for posts of which none is known. */
const unknownDate = new Date('2000-01-01T00:00:00Z');

/** RFC 4287. Entries link to the articles; their ids are ours, so that an edited url stays the same entry. */
export function atomFeed(subject: FeedSubject, posts: readonly Post[], version: string): string {
  const { title, feedUrl, pageUrl, arrivals } = subject;
  const dates = posts.map((post) => dateOf(post, arrivals) ?? unknownDate);
  return feedsmith().generateAtomFeed({
    id: feedUrl,
    title: text(title),
    updated: new Date(Math.max(...dates.map(Number), unknownDate.getTime())),
    links: [
      { href: feedUrl, rel: 'self', type: 'application/atom+xml' },
      { href: pageUrl, rel: 'alternate', type: 'text/html' },
    ],
    generator: { text: 'Postbell', version },
    authors: [{ name: 'Postbell' }],
    entries: posts.map((post, at) => ({
      id: entryId(post),
      title: text(post.title),
      updated: dates[at] ?? unknownDate,
      links: [{ href: post.url, rel: 'alternate' }],
      summary: text(post.summary),
      ...(post.category.length > 0 && { categories: [{ term: withoutControls(categoryName(post.category)) }] }),
    })),
  });
}

/** JSON Feed 1.1 (jsonfeed.org). */
export function jsonFeed({ title, feedUrl, pageUrl, arrivals }: FeedSubject, posts: readonly Post[]): string {
  const items = posts.map((post) => ({ post, date: dateOf(post, arrivals) }));
  const feed = feedsmith().generateJsonFeed({
    title: withoutControls(title),
    feed_url: feedUrl,
    home_page_url: pageUrl,
    items: items.map(({ post, date }) => ({
      id: entryId(post),
      url: post.url,
      title: withoutControls(post.title),
      content_text: withoutControls(post.summary || post.title),
      ...(post.image !== undefined && { image: post.image }),
      ...(date && { date_published: date }),
      tags: [...(post.category.length > 0 ? [categoryName(post.category)] : []), ...post.tags].map(withoutControls),
    })),
  });
  return JSON.stringify(feed);
}

function entryId({ id }: Post): string {
  return `urn:postbell:post:${id}`;
}

function dateOf({ id, date }: Post, arrivals: Arrivals): Date | undefined {
  const own = new Date(date ?? Number.NaN);
  return Number.isNaN(own.getTime()) ? arrivals.get(id) : own;
}

function text(value: string): { value: string; type: string } {
  return { value: withoutControls(value), type: 'text' };
}
