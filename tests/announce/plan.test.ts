import fc from 'fast-check';
import { matchedSubscriptions, planDeliveries } from '../../src/announce/plan.ts';
import type { SavedQueryMatcher } from '../../src/announce/saved-query-matcher.ts';
import { categoryName, type Post } from '../../src/posts/post.ts';
import { formatAddress } from '../../src/subscribers/address.ts';
import type { Subscriber, Subscription } from '../../src/subscribers/subscriber.ts';
import { makeSubscriber } from '../support/ledger.ts';
import { makePost } from '../support/make-post.ts';

const now = new Date('2026-03-02T09:00:00Z');
const everything: Subscription = { kind: 'everything' };
const inCategory = (category: string): Subscription => ({ kind: 'category', category });
const saved = (query: string): Subscription => ({ kind: 'query', query });
/** A stand-in for search: a post answers a query that is part of its title. */
const matcherOver =
  (posts: readonly Post[]): SavedQueryMatcher =>
  (query) =>
    new Set(posts.filter((post) => post.title.toLowerCase().includes(query.toLowerCase())).map((post) => post.id));

function plan(posts: readonly Post[], subscribers: readonly Subscriber[], digest = false) {
  return planDeliveries(posts, subscribers, { matcher: matcherOver(posts), now, timezone: 'UTC', digest });
}

describe('who hears of a post', () => {
  const post = makePost({ title: 'LoRA from scratch', category: ['AI', 'Training'], alsoIn: [['Course']] });
  const matches = (...subscriptions: Subscription[]) => matchedSubscriptions(post, subscriptions, matcherOver([post]));

  it('is who asked for everything, for one of its categories or one above, or for what it answers', () => {
    const asked = [everything, inCategory('AI'), inCategory('AI / Training'), inCategory('Course'), saved('lora')];
    expect(matches(...asked)).toEqual(asked);
  });

  it('is nobody else', () => {
    const asked = [inCategory('A'), inCategory('Training'), inCategory('AI / Training / Deep'), saved('diffusion')];
    expect(matches(...asked)).toEqual([]);
  });
});

describe('a plan', () => {
  const posts = [makePost({ title: 'One' }), makePost({ title: 'Two' })];

  it('tells one address of one post in one message, however many subscriptions match, and says which', () => {
    const subscriptions = [everything, saved('one'), saved('two')];
    const planned = plan([posts[0]!], [makeSubscriber('telegram:1', { subscriptions })]);
    expect(planned).toEqual([
      {
        address: { channel: 'telegram', chat: '1' },
        posts: [{ postId: posts[0]?.id, matched: [everything, saved('one')] }],
      },
    ]);
  });

  it('sends a message for each post, or one for all as a digest', () => {
    const subscribers = [makeSubscriber('telegram:1'), makeSubscriber('telegram:2', { subscriptions: [saved('two')] })];
    expect(plan(posts, subscribers)).toHaveLength(3);
    const digest = plan(posts, subscribers, true);
    expect(digest.map((delivery) => delivery.posts.length)).toEqual([2, 1]);
  });

  it.each<readonly [string, Subscriber['settings'], boolean]>([
    ['in messages of their own', undefined, false],
    ['in one digest for all', undefined, true],
    ['in a digest of the reader', { when: { kind: 'daily', minute: 1200 }, timezone: 'UTC' }, false],
  ])('sends nothing to who wants none of the posts: %s', (_what, settings, digest) => {
    const subscriptions = [saved('three'), inCategory('None')];
    const reader = makeSubscriber('telegram:1', { subscriptions, ...(settings && { settings }) });
    expect(plan(posts, [reader], digest)).toEqual([]);
  });

  it('leaves out who is suspended', () => {
    expect(plan(posts, [makeSubscriber('telegram:1', { state: 'suspended' })])).toEqual([]);
  });

  it('gathers for the reader’s next digest, in one bundle for all announcements until then', () => {
    const settings = { when: { kind: 'daily', minute: 1200 }, timezone: 'UTC' } as const;
    const [first] = plan([posts[0]!], [makeSubscriber('telegram:1', { settings })]);
    const [second] = planDeliveries([posts[1]!], [makeSubscriber('telegram:1', { settings })], {
      matcher: matcherOver(posts),
      now: new Date(now.getTime() + 3_600_000),
      timezone: 'UTC',
      digest: false,
    });
    expect(first?.notBefore).toEqual(new Date('2026-03-02T20:00:00Z'));
    expect(first?.bundle).toBeDefined();
    expect(second?.bundle).toBe(first?.bundle);
  });

  it('tells each active subscriber of each matching post exactly once, whatever they subscribe to', () => {
    const path = fc.array(fc.constantFrom('A', 'B', 'A / B'), { maxLength: 3 });
    const post = fc.record({
      title: fc.constantFrom('x', 'y', 'xy', 'z'),
      category: path,
      alsoIn: fc.array(path, { maxLength: 2 }),
    });
    const subscription = fc.oneof(
      fc.constant(everything),
      fc.constantFrom('A', 'B', 'A / B', 'B / A').map(inCategory),
      fc.constantFrom('x', 'y', 'q').map(saved),
    );
    const when = fc.constantFrom<Subscriber['settings']>(
      undefined,
      { when: { kind: 'daily', minute: 60 }, timezone: 'Asia/Shanghai' },
      { when: { kind: 'at-once' }, quiet: { from: 0, to: 700 } },
    );
    const subscriber = fc.record({
      subscriptions: fc.array(subscription, { maxLength: 4 }),
      state: fc.constantFrom<Subscriber['state']>('active', 'suspended'),
      settings: when,
    });
    fc.assert(
      fc.property(
        fc.array(post, { maxLength: 6 }),
        fc.array(subscriber, { maxLength: 6 }),
        fc.boolean(),
        (p, s, digest) => {
          const all = p.map((fields, at) => makePost({ ...fields, id: `p${at}` }));
          const people = s.map(({ settings, ...fields }, at) =>
            makeSubscriber(`telegram:${at}`, { ...fields, ...(settings && { settings }) }),
          );
          const told = plan(all, people, digest).flatMap(({ address, posts: wanted }) =>
            wanted.map(({ postId }) => `${formatAddress(address)} ${postId}`),
          );
          const expected = people.flatMap((one) =>
            all.filter((each) => naivelyWants(one, each)).map((each) => `${formatAddress(one.address)} ${each.id}`),
          );
          expect([...told].sort()).toEqual([...expected].sort());
        },
      ),
    );
  });
});

/** The rule in its plainest words, with no eye to anything else. */
function naivelyWants(subscriber: Subscriber, post: Post): boolean {
  if (subscriber.state !== 'active') return false;
  for (const subscription of subscriber.subscriptions) {
    if (subscription.kind === 'everything') return true;
    if (subscription.kind === 'query' && post.title.includes(subscription.query)) return true;
    if (subscription.kind === 'category') {
      for (const path of [post.category, ...(post.alsoIn ?? [])]) {
        for (let length = 1; length <= path.length; length++) {
          if (categoryName(path.slice(0, length)) === subscription.category) return true;
        }
      }
    }
  }
  return false;
}
