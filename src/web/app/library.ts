import type { Card } from '../../message/card.ts';
import type { Post } from '../../posts/post.ts';
import type { Suggestion } from '../../search/search-index.ts';
import type { CategoryDocument } from '../../server/category-list.ts';
import type { SearchDocument } from '../../server/search-document.ts';
import type { SeriesDocument } from '../../server/series-document.ts';
import type { Subscription } from '../../subscribers/subscriber.ts';
import { fetchInTime } from '../chat/fetch-in-time.ts';
import type { PageLanguage } from '../words/words.ts';

/** Posts to be shown, and how many there are. */
export interface Shelf {
  readonly cards: readonly Card[];
  readonly total: number;
  /** Nothing answers; these are only near. */
  readonly nearest?: boolean;
  /** What to try instead, where nothing answers. */
  readonly suggestions?: readonly Suggestion[];
}

/** Which posts; all of them, the newest first, where nothing is named. */
export interface Choice {
  readonly category?: string;
  readonly series?: string;
  readonly query?: string;
}

/** One post, and those that are like it. */
export interface PostAndRelatives {
  readonly card: Card;
  readonly relatives: readonly Card[];
}

/** A post, with the address of its picture if it has one. */
type Pictured = Post & { readonly cover?: string };
interface Listing {
  readonly posts: readonly Pictured[];
  readonly total: number;
}

/** What one subscribes to after a change, and what the bot says of it. */
export interface Changed {
  readonly subscriptions: readonly Subscription[];
  readonly said: string;
}

/** The server as the Mini App sees it. What fails rejects. */
export interface Library {
  posts(choice: Choice, offset: number, signal?: AbortSignal): Promise<Shelf>;
  /** Undefined where there is no post with this id. */
  post(id: string): Promise<PostAndRelatives | undefined>;
  categories(): Promise<readonly CategoryDocument[]>;
  series(): Promise<readonly SeriesDocument[]>;
  subscriptions(): Promise<readonly Subscription[]>;
  change(subscription: Subscription, wanted: boolean): Promise<Changed>;
}

/** The server no longer knows who this is: Telegram's word for it is good for an hour. */
export class UnknownPersonError extends Error {
  override readonly name = 'UnknownPersonError';
}

const pageSize = 20;
const mostRelatives = 5;
const longestSummary = 140;

/** @param authorization who asks, as the server wants to see it */
export function createLibrary(authorization: string, language: () => PageLanguage): Library {
  const ask = (path: string, signal?: AbortSignal) => {
    const headers = { authorization, 'accept-language': language() };
    return fetchInTime(path, { headers, ...(signal && { signal }) });
  };
  const get = async <Document>(path: string, signal?: AbortSignal): Promise<Document> => read(await ask(path, signal));
  return {
    async posts({ category, series, query }, offset, signal) {
      const paging = new URLSearchParams({ limit: String(pageSize), offset: String(offset), covers: 'true' });
      if (category !== undefined) paging.set('category', category);
      if (query !== undefined) {
        paging.set('q', query);
        const { hits, total, nearest, suggestions } = await get<SearchDocument>(`/api/search?${paging}`, signal);
        return { cards: hits.map(cardOfHit), total, ...(nearest && { nearest }), ...(suggestions && { suggestions }) };
      }
      if (series !== undefined) paging.set('series', series);
      const { posts, total } = await get<Listing>(`/api/posts?${paging}`, signal);
      return { cards: posts.map(cardOfPost).map((card) => within(category, card)), total };
    },
    async post(id) {
      const path = `/api/posts/${encodeURIComponent(id)}`;
      const found = await ask(`${path}?covers=true`);
      if (found.status === 404) return undefined;
      const post = await read<Pictured>(found);
      const { posts } = await get<Listing>(`${path}/related?covers=true&limit=${mostRelatives}`);
      return { card: cardOfPost(post), relatives: posts.map(cardOfPost) };
    },
    categories: async () => (await get<{ categories: CategoryDocument[] }>('/api/categories')).categories,
    series: async () => (await get<{ series: SeriesDocument[] }>('/api/series')).series,
    subscriptions: async () => (await get<{ subscriptions: Subscription[] }>('/api/subscriptions')).subscriptions,
    async change(subscription, wanted) {
      return read(
        await fetchInTime('/api/subscriptions', {
          method: 'POST',
          headers: { authorization, 'accept-language': language(), 'content-type': 'application/json' },
          body: JSON.stringify({ subscription, wanted }),
        }),
      );
    },
  };
}

async function read<Document>(response: Response): Promise<Document> {
  if (response.status === 401) throw new UnknownPersonError();
  if (!response.ok) throw new Error(`status ${response.status}`);
  return (await response.json()) as Document;
}

function cardOfPost({ id, title, url, category, summary, date, cover }: Pictured): Card {
  const text = summary.replace(/\s+/g, ' ').trim();
  const snippet = text.length > longestSummary ? `${text.slice(0, longestSummary)}…` : text;
  const plain = (words: string) => ({ text: words, marks: [] });
  return {
    postId: id,
    title: plain(title),
    url,
    category,
    snippet: plain(snippet),
    ...(date && { date }),
    ...(cover && { cover }),
  };
}

/** Below the heading of a category its cards say only what lies deeper. */
function within(name: string | undefined, card: Card): Card {
  const depth = card.category.findIndex((_, at) => card.category.slice(0, at + 1).join(' / ') === name);
  return depth < 0 ? card : { ...card, category: card.category.slice(depth + 1) };
}

/** Highlights count from the start of the title, or of the whole summary, of which the snippet is a part. */
function cardOfHit({
  id,
  title,
  url,
  category,
  date,
  highlights,
  snippet,
  cover,
}: SearchDocument['hits'][number]): Card {
  const within = highlights
    .filter(({ field }) => field === 'summary')
    .map(({ start, end }) => ({ start: start - snippet.start, end: end - snippet.start }))
    .filter(({ start, end }) => start >= 0 && end <= snippet.text.length);
  return {
    postId: id,
    title: { text: title, marks: highlights.filter(({ field }) => field === 'title') },
    url,
    category,
    snippet: { text: snippet.cut ? `${snippet.text}…` : snippet.text, marks: within },
    ...(date && { date }),
    ...(cover && { cover }),
  };
}
