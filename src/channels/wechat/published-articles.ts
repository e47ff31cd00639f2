import { z } from 'zod';
import type { ApiFailure } from '../tencent/api-result.ts';
import type { PlatformApi } from '../tencent/platform-api.ts';
import { reactionTo } from './outcome-of.ts';

/** An article that the account has published. */
export interface PublishedArticle {
  readonly title: string;
  readonly url: string;
  readonly digest: string;
  /** Absolute address of the cover picture, where there is one. */
  readonly cover?: string;
  readonly publishedAt: Date;
}

/** All articles, or why they cannot be read and what to do. */
export type PublishedArticles =
  | { readonly ok: true; readonly articles: readonly PublishedArticle[] }
  | { readonly ok: false; readonly reason: string };

/** WeChat gives at most 20 at a time. */
const pageSize = 20;
/** A bound on what is believed of a list; no account publishes so much. */
const mostPages = 1_000;

const page = z.object({
  total_count: z.number().int().nonnegative(),
  item: z
    .array(
      z.object({
        update_time: z.number().positive().optional(),
        content: z.object({
          create_time: z.number().positive().optional(),
          update_time: z.number().positive().optional(),
          news_item: z.array(
            z.object({
              title: z.string(),
              url: z.string(),
              digest: z.string().default(''),
              thumb_url: z.string().default(''),
              is_deleted: z.boolean().default(false),
            }),
          ),
        }),
      }),
    )
    .default([]),
});

/**
 * Reads the account's published list (发布能力 › 获取成功发布列表) page by page, newest first. Only verified accounts
 * may since July 2025. All or nothing: a page that fails would look like articles that were taken down.
 */
export async function readPublishedArticles(api: PlatformApi, signal: AbortSignal): Promise<PublishedArticles> {
  const articles: PublishedArticle[] = [];
  for (let number = 0, offset = 0; number < mostPages; number++) {
    signal.throwIfAborted();
    const result = await api.call('/cgi-bin/freepublish/batchget', { offset, count: pageSize, no_content: 1 });
    if (!result.ok) return { ok: false, reason: reasonOf(result) };
    const read = page.safeParse(result.value);
    if (!read.success) return { ok: false, reason: 'WeChat gave a list of another form than documented' };
    const { item, total_count: total } = read.data;
    for (const { content, update_time: updated } of item) {
      const seconds = content.create_time ?? content.update_time ?? updated ?? 0;
      for (const { title, url, digest, thumb_url: cover, is_deleted: isDeleted } of content.news_item) {
        if (isDeleted) continue;
        articles.push({ title, url, digest, ...(cover && { cover }), publishedAt: new Date(seconds * 1000) });
      }
    }
    offset += item.length;
    if (item.length === 0 || offset >= total) return { ok: true, articles };
  }
  return { ok: false, reason: `the list has more than ${mostPages} pages` };
}

function reasonOf(failure: ApiFailure): string {
  const reaction = reactionTo(failure);
  return reaction.kind === 'barred' ? `${failure.reason}; ${reaction.mend}` : failure.reason;
}
