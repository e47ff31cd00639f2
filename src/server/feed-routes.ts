import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { categoryName, type Post } from '../posts/post.ts';
import { baseUrl } from './base-url.ts';
import { atomFeed, type FeedSubject, jsonFeed } from './feed-documents.ts';
import type { ServerParts } from './server-parts.ts';

/** Feeds hold this many posts at most; a reader that polls daily misses none. */
const entryLimit = 200;

interface FeedQuery {
  readonly q?: string;
  readonly category?: string;
}

const schema = {
  querystring: {
    type: 'object',
    properties: {
      q: { type: 'string', minLength: 1, maxLength: 200 },
      category: { type: 'string', minLength: 1, maxLength: 500 },
    },
  },
};

/** Everything, one category (`?category=`), or what answers a saved query (`?q=`), for feed readers. */
export function addFeedRoutes(
  server: FastifyInstance,
  { index, arrivals, publicUrl, version }: Pick<ServerParts, 'index' | 'arrivals' | 'publicUrl' | 'version'>,
  latestPosts: () => readonly Post[],
): void {
  const postsFor = ({ q, category }: FeedQuery): readonly Post[] => {
    if (q === undefined) return inCategory(latestPosts(), category).slice(0, entryLimit);
    const page = index().search({ text: q, ...(category && { category }), limit: entryLimit, offset: 0 });
    const found = new Set(page.nearest ? [] : page.hits.map(({ post }) => post.id));
    return latestPosts().filter(({ id }) => found.has(id));
  };
  const subjectOf = (request: FastifyRequest, { q, category }: FeedQuery): FeedSubject => {
    const base = baseUrl(request, publicUrl);
    return {
      title: ['Postbell', category, q].filter(Boolean).join(' · '),
      feedUrl: new URL(request.url, base).href,
      arrivals: arrivals?.() ?? new Map(),
      pageUrl: q === undefined ? `${base}/` : `${base}/?${new URLSearchParams({ q })}`,
    };
  };

  server.get<{ Querystring: FeedQuery }>('/feed.xml', { schema }, async (request, reply) => {
    const { query } = request;
    const feed = atomFeed(subjectOf(request, query), postsFor(query), version);
    return sendUnlessKnown(request, reply.type('application/atom+xml; charset=utf-8'), feed);
  });

  server.get<{ Querystring: FeedQuery }>('/feed.json', { schema }, async (request, reply) => {
    const { query } = request;
    const feed = jsonFeed(subjectOf(request, query), postsFor(query));
    return sendUnlessKnown(request, reply.type('application/feed+json; charset=utf-8'), feed);
  });
}

/** Readers ask every few minutes for what changes every few days: who has it already gets a 304 (RFC 9110, 13.1.2). */
function sendUnlessKnown(request: FastifyRequest, reply: FastifyReply, feed: string): FastifyReply {
  const etag = `"${createHash('sha256').update(feed).digest('base64url').slice(0, 22)}"`;
  reply.headers({ etag, 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=300' });
  // Proxies that compress mark the tag as weak.
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etag) ? reply.code(304).send() : reply.send(feed);
}

/** The posts of the category and of those below it, under whichever of their paths. */
function inCategory(posts: readonly Post[], category: string | undefined): readonly Post[] {
  if (category === undefined) return posts;
  return posts.filter((post) =>
    [post.category, ...(post.alsoIn ?? [])].some((path) =>
      path.some((_, depth) => categoryName(path.slice(0, depth + 1)) === category),
    ),
  );
}
