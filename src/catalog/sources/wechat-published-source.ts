import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Reading } from '../../posts/post.ts';
import type { Entry } from '../entry.ts';
import { readingOf } from './reading-of.ts';
import type { Source } from './source.ts';
import { unreachable } from './unreachable.ts';

/** The entry of `CATALOG` that names this source. */
export const wechatPublished = 'wechat:published';

/** An article that a WeChat Official Account has published. */
export interface AccountArticle {
  readonly title: string;
  readonly url: string;
  readonly digest: string;
  readonly cover?: string;
  readonly publishedAt: Date;
}

/** Reads all of them, or says why that is not possible and what to do. */
export type ReadAccountArticles = (
  signal: AbortSignal,
) => Promise<
  { readonly ok: true; readonly articles: readonly AccountArticle[] } | { readonly ok: false; readonly reason: string }
>;

/** What the account has published, as a catalog. A last good copy is kept for starts without WeChat. */
export function createWechatPublishedSource(read: ReadAccountArticles, cache?: KeyValueStore): Source {
  const key = 'catalog.copy.wechat-published';
  let good: { readonly copy: string; readonly reading: Reading } | undefined;

  const take = (copy: string): Reading => {
    if (good?.copy === copy) return good.reading;
    const entries: Entry[] = JSON.parse(copy);
    good = { copy, reading: readingOf(wechatPublished, [{ entries, findings: [] }], false) };
    return good.reading;
  };

  return {
    id: wechatPublished,
    watched: [],
    async read(signal) {
      const published = await read(signal);
      if (published.ok) {
        const copy = JSON.stringify(published.articles.map(entryOf));
        if (copy !== good?.copy) await cache?.put(key, copy);
        return [take(copy)];
      }
      const kept = good?.copy ?? (await cache?.get(key));
      const lastGood = kept === undefined ? undefined : take(kept);
      return [unreachable(wechatPublished, 'unreachable', `${published.reason}; the last good copy is kept`, lastGood)];
    },
  };
}

function entryOf({ title, url, digest, cover, publishedAt }: AccountArticle): Entry {
  return {
    title,
    url,
    summary: digest,
    category: [],
    links: [],
    tags: [],
    date: publishedAt.toISOString(),
    ...(cover !== undefined && { image: cover }),
  };
}
