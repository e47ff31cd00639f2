import PQueue from 'p-queue';
import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Post } from '../../posts/post.ts';
import type { HttpClient, Probe } from '../sources/http-client.ts';
import { type FixableProblem, placeOf } from './check-posts.ts';

export interface LinkCheckOptions {
  readonly client: HttpClient;
  readonly clock: Clock;
  /** Where answers are kept for a day, so that a second run asks only for what is new. */
  readonly cache?: KeyValueStore;
  /** How many hosts are asked at once. */
  readonly hosts?: number;
  /** How long one host is left alone between two requests. */
  readonly pauseMs?: number;
  /** Told after each url that was looked at. */
  readonly progress?: (done: number, all: number) => void;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Asks for every url of the posts, politely: one request at a time to a host with a pause behind it, several hosts
 * at once. A page that is gone is an error; a server that does not answer just now, or that turns robots away, is
 * no proof and but a warning.
 */
export async function checkLinks(
  posts: readonly Post[],
  { client, clock, cache, hosts = 8, pauseMs = 500, progress }: LinkCheckOptions,
  signal: AbortSignal,
): Promise<FixableProblem[]> {
  const byUrl = new Map<string, Post[]>();
  for (const post of posts) byUrl.set(post.url, [...(byUrl.get(post.url) ?? []), post]);
  const byHost = new Map<string, string[]>();
  for (const url of byUrl.keys()) {
    const { host } = new URL(url);
    byHost.set(host, [...(byHost.get(host) ?? []), url]);
  }
  const probes = new Map<string, Probe>();
  let done = 0;

  async function lookAt(url: string): Promise<boolean> {
    const key = `catalog.link.${url}`;
    const known = await cache?.get(key);
    const probe: Probe = known === undefined ? await client.probe(url, signal) : JSON.parse(known);
    probes.set(url, probe);
    if (known === undefined && probe.kind === 'answer')
      await cache?.put(key, JSON.stringify(probe), new Date(clock.now().getTime() + dayMs));
    done += 1;
    progress?.(done, byUrl.size);
    return known === undefined;
  }

  const queue = new PQueue({ concurrency: hosts });
  await queue.addAll(
    [...byHost.values()].map((urls) => async () => {
      for (const url of urls) {
        if (signal.aborted) return;
        if (await lookAt(url)) await clock.sleep(pauseMs, signal);
      }
    }),
  );
  return [...byUrl].flatMap(([url, those]) => {
    const probe = probes.get(url);
    return probe ? those.flatMap((post) => problemOf(post, probe)) : [];
  });
}

function problemOf(post: Post, probe: Probe): FixableProblem[] {
  const place = placeOf(post);
  if (probe.kind === 'failed') {
    return [
      {
        ...place,
        code: 'link-unanswered',
        severity: 'warning',
        message: `${post.url} does not answer (${probe.message}); try it in a browser`,
      },
    ];
  }
  const { status, movedTo } = probe;
  if (status === 404 || status === 410) {
    return [
      {
        ...place,
        code: 'dead-link',
        severity: 'error',
        message: `${post.url} is gone (status ${status}); correct the address or remove the entry`,
      },
    ];
  }
  if (status >= 400) {
    return [
      {
        ...place,
        code: 'link-refused',
        severity: 'warning',
        message: `${post.url} answers with status ${status}; try it in a browser`,
      },
    ];
  }
  if (movedTo !== undefined && movedTo !== post.url) {
    return [
      {
        ...place,
        code: 'moved-link',
        severity: 'warning',
        message: `${post.url} has moved for good to ${movedTo}`,
        fix: { from: post.url, to: movedTo },
      },
    ];
  }
  return [];
}
