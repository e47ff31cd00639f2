import { createHash } from 'node:crypto';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Reading } from '../../posts/post.ts';
import { defaultParseLimits, type ParseLimits, parseDocument } from '../parse/document-parser.ts';
import { noSettings } from '../settings.ts';
import { type HttpClient, type Validators, withoutCredentials } from './http-client.ts';
import { readingOf } from './reading-of.ts';
import type { Source, Unreachable } from './source.ts';
import { unreachable } from './unreachable.ts';

export interface HttpSourceOptions {
  readonly url: string;
  readonly client: HttpClient;
  /** Where last good copies survive a restart. */
  readonly cache?: KeyValueStore;
  /** The address that relative links are resolved against, if not the source's own. */
  readonly base?: string | undefined;
  readonly limits?: ParseLimits;
  /** Makes the source of a feed that the page lists. */
  readonly feedSource: (url: string) => Source;
}

/** A page as it was last fetched. */
interface Copy {
  readonly bytes: Uint8Array;
  readonly contentType?: string;
  readonly url: string;
  readonly validators: Validators;
}

interface Good {
  readonly hash: string;
  readonly reading: Reading;
  readonly feeds: readonly string[];
  readonly validators: Validators;
}

/** A list, feed or data file on the web, asked for conditionally. */
export function createHttpSource({
  url,
  client,
  cache,
  base,
  limits = defaultParseLimits,
  feedSource,
}: HttpSourceOptions): Source {
  const { url: id } = withoutCredentials(url);
  const key = `catalog.copy.${createHash('sha256').update(url).digest('base64url').slice(0, 22)}`;
  const feeds = new Map<string, Source>();
  let good: Good | undefined;

  async function readOwn(signal: AbortSignal): Promise<Reading | Unreachable> {
    const fetched = await client.get(url, good?.validators ?? {}, signal);
    if (fetched.kind === 'unchanged' && good) return good.reading;
    if (fetched.kind === 'failed' || fetched.kind === 'unchanged') {
      const message = fetched.kind === 'failed' ? fetched.message : 'it answers "not modified" to a first request';
      const lastGood = good?.reading ?? (await fromCache(signal));
      const remedy = lastGood ? 'its last good copy stands in' : 'check the address';
      return unreachable(id, 'unreachable', `${message}; ${remedy}`, lastGood);
    }
    return read(fetched, signal);
  }

  async function read(copy: Copy, signal: AbortSignal): Promise<Reading | Unreachable> {
    const hash = createHash('sha256').update(copy.bytes).digest('base64');
    if (good?.hash === hash) {
      good = { ...good, validators: copy.validators };
      return good.reading;
    }
    const { bytes, contentType } = copy;
    const document = await parseDocument(
      {
        name: new URL(copy.url).pathname,
        bytes,
        base: base ?? copy.url,
        settings: noSettings,
        ...(contentType === undefined ? {} : { contentType }),
      },
      signal,
      limits,
    );
    const reading = readingOf(id, [document], document.window);
    const [fault] = reading.problems;
    if (document.unreadable && fault)
      return { ...unreachable(id, fault.code, fault.message, good?.reading ?? (await fromCache(signal))) };
    good = { hash, reading, feeds: document.feeds, validators: copy.validators };
    await cache?.put(key, packed(copy));
    return reading;
  }

  /** What an earlier process fetched. Its validators count from then on. */
  async function fromCache(signal: AbortSignal): Promise<Reading | undefined> {
    const copy = unpacked(await cache?.get(key));
    if (!copy) return undefined;
    const { bytes, contentType } = copy;
    const document = await parseDocument(
      {
        name: new URL(copy.url).pathname,
        bytes,
        base: base ?? copy.url,
        settings: noSettings,
        ...(contentType === undefined ? {} : { contentType }),
      },
      signal,
      limits,
    );
    if (document.unreadable) return undefined;
    const reading = readingOf(id, [document], document.window);
    good = {
      hash: createHash('sha256').update(bytes).digest('base64'),
      reading,
      feeds: document.feeds,
      validators: copy.validators,
    };
    return reading;
  }

  return {
    id,
    watched: [],
    async read(signal) {
      const own = await readOwn(signal);
      const listed = good?.feeds ?? [];
      const inner = await Promise.all(
        listed.map((feedUrl) => {
          const feed = feeds.get(feedUrl) ?? feedSource(feedUrl);
          feeds.set(feedUrl, feed);
          return feed.read(signal);
        }),
      );
      return [own, ...inner.flat()];
    },
  };
}

function packed({ bytes, ...rest }: Copy): string {
  return JSON.stringify({ ...rest, bytes: Buffer.from(bytes).toString('base64') });
}

function unpacked(text: string | undefined): Copy | undefined {
  if (text === undefined) return undefined;
  const { bytes, ...rest } = JSON.parse(text);
  return { ...rest, bytes: Buffer.from(bytes, 'base64') };
}
