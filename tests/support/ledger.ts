import type { ClaimedDelivery } from '../../src/announce/outbox.ts';
import type { PlannedDelivery } from '../../src/announce/plan.ts';
import type { CatalogDiff } from '../../src/posts/diff.ts';
import type { Post } from '../../src/posts/post.ts';
import type { Store } from '../../src/store/open-store.ts';
import { type Address, parseAddress } from '../../src/subscribers/address.ts';
import type { Subscriber } from '../../src/subscribers/subscriber.ts';
import { makePost } from './make-post.ts';

/** An active subscriber to everything, but for what is said otherwise. */
export function makeSubscriber(address: string, more: Partial<Subscriber> = {}): Subscriber {
  return {
    address: parseAddress(address),
    subscriptions: [{ kind: 'everything' }],
    state: 'active',
    since: new Date('2026-01-01T00:00:00Z'),
    ...more,
  };
}

export async function subscribe(store: Store, ...subscribers: readonly Subscriber[]): Promise<void> {
  for (const one of subscribers) await store.book.change(one.address, () => one);
}

export const noDiff: CatalogDiff = {
  news: [],
  baseline: [],
  moves: [],
  aliases: [],
  updates: [],
  gone: [],
  sources: [],
};

/** Publishes a post with a delivery to each address, as an announcement would. */
export async function publishTo(
  store: Store,
  title: string,
  addresses: readonly string[],
  more: Partial<PlannedDelivery> = {},
  at = new Date('2026-03-02T09:00:00Z'),
): Promise<Post> {
  const post = makePost({ title });
  const { revision } = await store.outbox.ledger();
  const result = await store.outbox.publish({
    basis: revision,
    at,
    diff: { ...noDiff, news: [post] },
    news: 'announced',
    deliveries: addresses.map((address) => ({
      address: parseAddress(address),
      posts: [{ postId: post.id, matched: [{ kind: 'everything' }] }],
      ...more,
    })),
  });
  if (result !== 'published') throw new Error(`the publication of "${title}" is ${result}`);
  return post;
}

/** Claims as a delivery loop does. */
export function claimFrom(
  store: Store,
  now: Date,
  more: { readonly limit?: number; readonly except?: readonly string[]; readonly holder?: string } = {},
): Promise<readonly ClaimedDelivery[]> {
  return store.outbox.claim({
    channel: 'telegram',
    limit: 100,
    leaseMs: 60_000,
    holder: 'tester',
    except: [],
    ...more,
    now,
  });
}

/** `telegram:1` and so on. */
export function chats(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `telegram:${index + 1}`);
}

/** What was claimed, in words: the chat and the titles that it is told of. */
export function inWords(claimed: readonly ClaimedDelivery[]): readonly string[] {
  return claimed.map(
    ({ address, content }) => `${chatOf(address)}: ${content.posts.map((post) => post.title).join(', ')}`,
  );
}

function chatOf({ chat, topic }: Address): string {
  return topic === undefined ? chat : `${chat}/${topic}`;
}
