import fc from 'fast-check';
import { createAnnouncer } from '../../src/announce/announcer.ts';
import { createLeadership } from '../../src/announce/leadership.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Post } from '../../src/posts/post.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Subscription } from '../../src/subscribers/subscriber.ts';
import { claimFrom, makeSubscriber } from '../support/ledger.ts';
import { makePost } from '../support/make-post.ts';
import { createManualClock } from '../support/manual-clock.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];

/** An entry of the list: which post it is, and all that an author may change without making it another. */
const entry = fc.record({
  name: fc.constantFrom(...names),
  edition: fc.constantFrom('', ' (corrected)'),
  category: fc.constantFrom('AI', 'Tools'),
  summary: fc.constantFrom('', 'about lora'),
});
const subscription = fc.constantFrom<Subscription>(
  { kind: 'everything' },
  { kind: 'category', category: 'AI' },
  { kind: 'category', category: 'Tools' },
  { kind: 'query', query: 'lora' },
);
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      entries: fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: names.length }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('subscribe' as const),
      chat: fc.constantFrom('1', '2', '3'),
      to: fc.uniqueArray(subscription, { maxLength: 3, comparator: (one, other) => one === other }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

it('tells each subscriber of each matching new post exactly once, whatever readings, edits and subscriptions come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const clock = createManualClock();
      const store = await openStore('sqlite::memory:', { clock, log: silentLog });
      const subscriptions = new Map<string, readonly Subscription[]>();
      const everSeen = new Set<string>();
      const expected: string[] = [];
      const told: string[] = [];
      let posts: readonly Post[] = [];
      let readings = 0;
      let announcer = start();

      function start() {
        return createAnnouncer({
          catalog: () => ({ posts, sources: ['posts.md'], problems: [], revision: JSON.stringify(posts) }),
          outbox: store.outbox,
          book: store.book,
          matcherFor: (fresh) => (query) =>
            new Set(fresh.filter((post) => post.summary.includes(query)).map((post) => post.id)),
          leadership: createLeadership({ leases: store.leases, holder: 'h', clock }),
          clock,
          log: silentLog,
          timezone: 'UTC',
          // So small a list shrinks and grows by large shares all the time.
          limits: { digestAbove: 3, holdAbove: 100, shrink: { share: 1, posts: 100 } },
        });
      }

      try {
        for (const one of steps) {
          clock.advance(1000);
          if (one.kind === 'restart') announcer = start();
          if (one.kind === 'subscribe') {
            subscriptions.set(one.chat, one.to);
            const subscriber = makeSubscriber(`telegram:${one.chat}`, { subscriptions: one.to });
            await store.book.change(subscriber.address, () => (one.to.length > 0 ? subscriber : undefined));
          }
          if (one.kind === 'read') {
            posts = one.entries.map(({ name, edition, category, summary }) =>
              makePost({
                id: name,
                title: `Post ${name}${edition}`,
                url: `https://blog.example/${name}`,
                category: [category],
                summary,
              }),
            );
            for (const post of posts) {
              if (everSeen.has(post.id)) continue;
              everSeen.add(post.id);
              if (readings === 0) continue;
              for (const [chat, list] of subscriptions) {
                if (list.some((wish) => naivelyMatches(wish, post))) expected.push(`${chat} ${post.id}`);
              }
            }
            readings += 1;
          }
          if (readings > 0) await announcer.announce(new AbortController().signal);
          // Everything is sent before the next thing happens, so that nobody changes their mind in between.
          for (;;) {
            const claimed = await claimFrom(store, clock.now());
            if (claimed.length === 0) break;
            for (const { address, content } of claimed) {
              told.push(...content.posts.map((post) => `${address.chat} ${post.id}`));
            }
            const sent = claimed.map((delivery) => ({ delivery, transition: { kind: 'sent' as const } }));
            await store.outbox.settle(sent, clock.now());
          }
        }
        expect([...told].sort()).toEqual([...expected].sort());
      } finally {
        await store.close();
      }
    }),
    { numRuns: 150 },
  );
});

function naivelyMatches(wish: Subscription, post: Post): boolean {
  if (wish.kind === 'everything') return true;
  if (wish.kind === 'category') return post.category[0] === wish.category;
  return post.summary.includes(wish.query);
}
