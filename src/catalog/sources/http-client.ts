import type { Agent, Dispatcher, Headers } from 'undici';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import { createGuardedAgent, RefusedAddressError } from '../../kernel/guarded-agent.ts';
import { undici } from '../../kernel/packages-on-demand.ts';

/** What remains of an answer for the next, conditional request. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** How a request ended. */
export type Fetched =
  | {
      readonly kind: 'page';
      readonly bytes: Uint8Array;
      readonly contentType?: string;
      /** After redirects. */
      readonly url: string;
      readonly validators: Validators;
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly message: string };

/** What a page answered when it was only asked whether it is there. */
export type Probe =
  /** `movedTo`: where permanent redirects, and nothing but those, lead. */
  | { readonly kind: 'answer'; readonly status: number; readonly movedTo?: string }
  | { readonly kind: 'failed'; readonly message: string };

export interface HttpClientOptions {
  readonly clock: Clock;
  readonly allowPrivateNetwork: boolean;
  /** Addresses that the operator wrote: what strangers wrote may lead to the ports 80 and 443 only. */
  readonly trusted?: readonly string[];
  readonly timeoutMs?: number;
  /** Of the decoded answer, in bytes. */
  readonly largest?: number;
  /** How long to wait before each further try. */
  readonly retryAfterMs?: readonly number[];
}

/** Fetches urls that strangers chose: public http(s) addresses only, within limits of size and time. */
export interface HttpClient {
  /** Never rejects. Server faults and broken connections are tried again. */
  get(url: string, validators: Validators, signal: AbortSignal): Promise<Fetched>;
  /** Asks for a page without its content. Never rejects. */
  probe(url: string, signal: AbortSignal): Promise<Probe>;
}

const mostRedirects = 5;

export function createHttpClient({
  clock,
  allowPrivateNetwork,
  trusted = [],
  timeoutMs = 20_000,
  largest = 64 * 1024 * 1024,
  retryAfterMs = [1_000, 4_000],
}: HttpClientOptions): HttpClient {
  let made: Agent | undefined;
  const agent = () => {
    made ??= createGuardedAgent(
      { timeoutMs, largest },
      { privateNetwork: allowPrivateNetwork, places: new Set(trusted.map(placeOf)) },
    );
    return made;
  };

  async function once(
    url: string,
    validators: Validators,
    signal: AbortSignal,
  ): Promise<Fetched & { readonly again?: boolean }> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs * 3)]);
    try {
      return await follow(agent(), url, headersFor(validators), limit, largest);
    } catch (error) {
      const cause = causeOf(error);
      if (cause instanceof RefusedAddressError)
        return failed(`${cause.message}; set ALLOW_PRIVATE_NETWORK=true if that is meant`, false);
      return failed(messageOf(cause), !signal.aborted);
    }
  }

  return {
    async get(url, validators, signal) {
      let outcome = await once(url, validators, signal);
      for (const wait of retryAfterMs) {
        if (!outcome.again || signal.aborted) break;
        await clock.sleep(wait, signal);
        outcome = await once(url, validators, signal);
      }
      const { again: _, ...rest } = outcome;
      return rest;
    },
    async probe(url, signal) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs * 2)]);
      try {
        const head = await followStatus(agent(), 'HEAD', url, limit);
        // Many servers know no HEAD, or answer it wrongly.
        return head.kind === 'answer' && head.status >= 400 ? await followStatus(agent(), 'GET', url, limit) : head;
      } catch (error) {
        return { kind: 'failed', message: messageOf(causeOf(error)) };
      }
    },
  };
}

function placeOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname.replace(/^\[|\]$/g, '')}:${port}`;
}

function headersFor({ etag, lastModified }: Validators): Headers {
  const headers = new (undici().Headers)({
    'user-agent': 'Postbell (+https://www.npmjs.com/package/postbell)',
    accept:
      'application/atom+xml, application/rss+xml, application/feed+json, text/markdown, application/json, text/csv, text/plain, */*;q=0.5',
  });
  if (etag !== undefined) headers.set('if-none-match', etag);
  if (lastModified !== undefined) headers.set('if-modified-since', lastModified);
  return headers;
}

/** Follows redirects by hand: each must lead to http(s) again, and there must be an end to them. */
async function follow(
  agent: Dispatcher,
  start: string,
  headers: Headers,
  signal: AbortSignal,
  largest: number,
): Promise<Fetched & { readonly again?: boolean }> {
  const { url: first, authorization } = withoutCredentials(start);
  const { origin } = new URL(first);
  let url = first;
  for (let step = 0; step <= mostRedirects; step += 1) {
    // Credentials are for the host that they were written for, not for one that it redirects to.
    if (authorization !== undefined && new URL(url).origin === origin) headers.set('authorization', authorization);
    else headers.delete('authorization');
    const response = await undici().fetch(url, { dispatcher: agent, headers, redirect: 'manual', signal });
    const { status } = response;
    const location = response.headers.get('location');
    if (status >= 300 && status < 400 && status !== 304 && location !== null) {
      await response.body?.cancel();
      const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
      if (!next || !/^https?:$/.test(next.protocol))
        return failed(`it redirects to ${location}, which is no http(s) address`, false);
      next.username = '';
      next.password = '';
      url = next.href;
      continue;
    }
    if (status === 304) return { kind: 'unchanged' };
    if (!response.ok) {
      await response.body?.cancel();
      return failed(`it answers with status ${status}`, status >= 500 || status === 429);
    }
    const bytes = await limitedBody(response.body, largest);
    if (bytes === undefined) return failed(`it is larger than ${Math.round(largest / 1e6)} MB`, false);
    const contentType = response.headers.get('content-type');
    return {
      kind: 'page',
      bytes,
      url,
      ...(contentType === null ? {} : { contentType }),
      validators: validatorsOf(response.headers),
    };
  }
  return failed(`it redirects more than ${mostRedirects} times`, false);
}

async function followStatus(
  agent: Dispatcher,
  method: 'HEAD' | 'GET',
  start: string,
  signal: AbortSignal,
): Promise<Probe> {
  let url = start;
  let isPermanent = true;
  for (let step = 0; step <= mostRedirects; step += 1) {
    const response = await undici().fetch(url, {
      method,
      dispatcher: agent,
      headers: headersFor({}),
      redirect: 'manual',
      signal,
    });
    await response.body?.cancel();
    const location = response.headers.get('location');
    const { status } = response;
    if (status < 300 || status >= 400 || location === null || !URL.canParse(location, url)) {
      return { kind: 'answer', status, ...(isPermanent && url !== start ? { movedTo: url } : {}) };
    }
    isPermanent &&= status === 301 || status === 308;
    url = new URL(location, url).href;
    if (!/^https?:/.test(url)) return { kind: 'failed', message: `it redirects to ${url}` };
  }
  return { kind: 'failed', message: `it redirects more than ${mostRedirects} times` };
}

/** `https://user:password@host/` as an address to ask and a header to send; errors then cannot show the password. */
export function withoutCredentials(address: string): { url: string; authorization?: string } {
  const parsed = new URL(address);
  const { username, password } = parsed;
  if (username === '' && password === '') return { url: address };
  parsed.username = '';
  parsed.password = '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url: parsed.href, authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** Counts after decompression, so that a small answer cannot unpack to a huge one. */
async function limitedBody(body: AsyncIterable<Uint8Array> | null, largest: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    if (size > largest) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function validatorsOf(headers: Headers): Validators {
  const etag = headers.get('etag');
  const lastModified = headers.get('last-modified');
  return { ...(etag === null ? {} : { etag }), ...(lastModified === null ? {} : { lastModified }) };
}

function failed(message: string, again: boolean): Fetched & { readonly again: boolean } {
  return { kind: 'failed', message, again };
}

/** Fetch wraps what went wrong once or twice. */
function causeOf(error: unknown): unknown {
  let cause = error;
  for (let depth = 0; depth < 5 && cause instanceof Error && cause.cause instanceof Error; depth += 1)
    cause = cause.cause;
  return cause;
}
