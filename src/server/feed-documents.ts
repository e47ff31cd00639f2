import { generateAtomFeed, generateJsonFeed } from 'feedsmith';
import { categoryName, type Post } from '../posts/post.ts';

/** What a feed is about, and where it stands. */
export interface FeedSubject {
  readonly title: string;
  /** The feed's own absolute url. */
  readonly feedUrl: string;
  /** The page that the feed belongs to. */
  readonly pageUrl: string;
}

/** Atom wants an instant for each entry; readers go by the entry's id, so an early one announces nothing. */
const dateless = '2000-01-01T00:00:00Z';

/** RFC 4287. Entries link to the articles; their ids are ours, so that an edited url stays the same entry. */
export function atomFeed({ title, feedUrl, pageUrl }: FeedSubject, posts: readonly Post[], version: string): string {
  return generateAtomFeed({
    id: feedUrl,
    title: text(title),
    updated: new Date(posts.map(updated).toSorted().at(-1) ?? dateless),
    links: [
      { href: feedUrl, rel: 'self', type: 'application/atom+xml' },
      { href: pageUrl, rel: 'alternate', type: 'text/html' },
    ],
    generator: { text: 'Postbell', version },
    authors: [{ name: 'Postbell' }],
    entries: posts.map((post) => ({
      id: entryId(post),
      title: text(post.title),
      updated: new Date(updated(post)),
      links: [{ href: post.url, rel: 'alternate' }],
      summary: text(post.summary),
      ...(post.category.length > 0 && { categories: [{ term: clean(categoryName(post.category)) }] }),
    })),
  });
}

/** JSON Feed 1.1 (jsonfeed.org). */
export function jsonFeed({ title, feedUrl, pageUrl }: FeedSubject, posts: readonly Post[]): string {
  const feed = generateJsonFeed({
    title: clean(title),
    feed_url: feedUrl,
    home_page_url: pageUrl,
    items: posts.map((post) => ({
      id: entryId(post),
      url: post.url,
      title: clean(post.title),
      content_text: clean(post.summary || post.title),
      ...(post.image !== undefined && { image: post.image }),
      ...(post.date !== undefined && { date_published: new Date(updated(post)) }),
      tags: [...(post.category.length > 0 ? [categoryName(post.category)] : []), ...post.tags].map(clean),
    })),
  });
  return JSON.stringify(feed);
}

function entryId({ id }: Post): string {
  return `urn:postbell:post:${id}`;
}

/** As an ISO instant in UTC. */
function updated({ date = dateless }: Post): string {
  const time = Date.parse(date);
  return Number.isNaN(time) ? dateless : new Date(time).toISOString();
}

function text(value: string): { value: string; type: string } {
  return { value: clean(value), type: 'text' };
}

/** Without the characters that XML 1.0 has no way to write (section 2.2), which would make the feed unreadable. */
function clean(value: string): string {
  return value.replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '');
}
