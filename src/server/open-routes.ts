import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { OpenCounts } from '../posts/open-counts.ts';
import type { Catalog } from '../posts/post.ts';
import { postWithId } from '../posts/post-with-id.ts';
import { openPath } from './counted-links.ts';

export interface OpenParts {
  readonly catalog: () => Catalog;
  /** Absent where nothing is counted: links of before lead on all the same. */
  readonly opens?: OpenCounts | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Links that count: to the article of a post of ours, and nowhere else. A number a day is kept, and of whoever opens
 * it nothing. Programs that look at links before people do are not counted.
 */
export function addOpenRoutes(server: FastifyInstance, { catalog, opens, clock, log }: OpenParts): void {
  server.get<{ Params: { id: string } }>(`${openPath}/:id`, async (request, reply) => {
    const post = postWithId(catalog(), request.params.id);
    if (!post || !isWebAddress(post.url)) {
      return reply.code(404).send({ error: 'there is no post with this id', parameter: 'id' });
    }
    if (opens && isPerson(request)) {
      const day = clock.now().toISOString().slice(0, 10);
      // Whoever wants to read does not wait for a count, nor for a database that fails.
      opens.add(post.id, day).catch((fault: unknown) => {
        log.warn({ fault: messageOf(fault) }, 'an opened post could not be counted');
      });
    }
    return reply.header('cache-control', 'no-store').redirect(post.url, 302);
  });
}

const programs = /bot|crawl|spider|preview|prefetch|facebookexternalhit|whatsapp|curl|wget|python|headlesschrome/i;

function isPerson({ method, headers }: FastifyRequest): boolean {
  const purpose = `${headers.purpose ?? ''} ${headers['sec-purpose'] ?? ''}`;
  const agent = headers['user-agent'] ?? '';
  return method === 'GET' && agent !== '' && !programs.test(`${agent} ${purpose}`);
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
