import fc from 'fast-check';
import {
  type CatalogDiff,
  diffCatalog,
  fingerprintOf,
  isEmptyDiff,
  type KnownPost,
  type KnownPosts,
  withholdShrunken,
} from '../../src/posts/diff.ts';
import type { Catalog, Post } from '../../src/posts/post.ts';
import { identify } from '../../src/posts/post-id.ts';
import { makePost } from '../support/make-post.ts';

const nothingKnown: KnownPosts = { posts: new Map(), aliases: new Map(), sources: new Set() };

function catalogOf(posts: readonly Post[], more: Partial<Catalog> = {}): Catalog {
  return { posts, problems: [], revision: 'r', ...more };
}

/** What is known once a diff has been written down. */
function apply(known: KnownPosts, diff: CatalogDiff): KnownPosts {
  const posts = new Map<string, KnownPost>(known.posts);
  const knownOf = (id: string, { source, title, ...post }: Post): KnownPost => ({
    id,
    source,
    title,
    fingerprint: fingerprintOf({ source, title, ...post }),
    present: true,
  });
  for (const post of [...diff.news, ...diff.baseline]) posts.set(post.id, knownOf(post.id, post));
  for (const { id, post } of diff.updates) posts.set(id, knownOf(id, post));
  for (const post of diff.gone) posts.set(post.id, { ...post, present: false });
  return {
    posts,
    aliases: new Map([...known.aliases, ...diff.aliases.map(({ alias, id }) => [alias, id] as const)]),
    sources: new Set([...known.sources, ...diff.sources]),
  };
}

function knownAfter(...readings: readonly Catalog[]): KnownPosts {
  return readings.reduce((known, catalog) => apply(known, diffCatalog(known, catalog)), nothingKnown);
}

const titles = (posts: readonly Post[]) => posts.map((post) => post.title);
const [one, two, three] = ['One', 'Two', 'Three'].map((title) => makePost({ title })) as [Post, Post, Post];

describe('comparing a catalog with what is known', () => {
  it('takes the first reading of a source as its baseline', () => {
    const diff = diffCatalog(nothingKnown, catalogOf([one, two]));
    expect(titles(diff.baseline)).toEqual(['One', 'Two']);
    expect(diff.news).toEqual([]);
    expect(diff.sources).toEqual(['posts.md']);
  });

  it('calls what comes later news, in the order of the catalog', () => {
    const diff = diffCatalog(knownAfter(catalogOf([one])), catalogOf([two, one, three]));
    expect(titles(diff.news)).toEqual(['Two', 'Three']);
  });

  it('takes a source that is added later as a baseline of its own', () => {
    const feed = makePost({ title: 'Old feed entry', source: 'feed' });
    const diff = diffCatalog(knownAfter(catalogOf([one])), catalogOf([one, two, feed]));
    expect(titles(diff.news)).toEqual(['Two']);
    expect(titles(diff.baseline)).toEqual(['Old feed entry']);
  });

  it('calls the first post of a list news that was read while it was empty', () => {
    const known = knownAfter(catalogOf([], { sources: ['posts.md'] }));
    expect(titles(diffCatalog(known, catalogOf([one], { sources: ['posts.md'] })).news)).toEqual(['One']);
  });

  it.each<[string, Partial<Post>]>([
    ['its title is corrected', { title: 'LoRA 微调实战' }],
    ['its summary is corrected', { summary: 'Now without the typo' }],
    ['it moves to another category', { category: ['Elsewhere'] }],
    ['its url is written in another way', { url: 'http://www.blog.example/One/?utm_source=x' }],
    ['its date changes', { date: '2099-01-01' }],
    ['it moves to a known other source', { source: 'other.md' }],
    ['it moves to a source never read', { source: 'new.md' }],
  ])('finds no news in a known post when %s', (_, change) => {
    const known = knownAfter(catalogOf([one, makePost({ title: 'X', source: 'other.md' })]));
    const diff = diffCatalog(known, catalogOf([{ ...one, ...change }, makePost({ title: 'X', source: 'other.md' })]));
    expect([diff.news, diff.baseline, diff.gone, diff.moves]).toEqual([[], [], [], []]);
    expect(diff.updates.map(({ id }) => id)).toEqual([one.id]);
  });

  it('says whether an update changes what was told: title, url or summary', () => {
    const known = knownAfter(catalogOf([one, two]));
    const diff = diffCatalog(
      known,
      catalogOf([
        { ...one, summary: 'x' },
        { ...two, tags: ['t'] },
      ]),
    );
    expect(diff.updates.map(({ id, reworded }) => [id, reworded])).toEqual([
      [one.id, true],
      [two.id, false],
    ]);
  });

  it('finds nothing in a catalog that is only ordered otherwise', () => {
    const known = knownAfter(catalogOf([one, two, three]));
    const moved = [three, one, two].map((post, line) => ({ ...post, line }));
    expect(isEmptyDiff(diffCatalog(known, catalogOf(moved)))).toBe(true);
  });

  it('does not call a post news that goes and comes back', () => {
    const known = knownAfter(catalogOf([one, two]), catalogOf([one]));
    const diff = diffCatalog(known, catalogOf([one, two]));
    expect(diff.news).toEqual([]);
    expect(diff.updates.map(({ id }) => id)).toEqual([two.id]);
  });

  describe('a post that gets another url', () => {
    const moved = makePost({ title: ' ONE', id: 'elsewhere', url: 'https://elsewhere.example/1' });

    it('is the known one, by its title, and stays so under both ids', () => {
      const known = knownAfter(catalogOf([one, two]));
      const diff = diffCatalog(known, catalogOf([moved, two]));
      expect([diff.news, diff.gone]).toEqual([[], []]);
      expect(diff.moves).toEqual([{ id: one.id, post: moved }]);
      const later = apply(known, diff);
      expect(isEmptyDiff(diffCatalog(later, catalogOf([moved, two])))).toBe(true);
      expect(diffCatalog(later, catalogOf([one, two])).news).toEqual([]);
      const third = { ...moved, id: 'third', url: 'https://third.example/1' };
      expect(diffCatalog(later, catalogOf([third, two])).moves).toEqual([{ id: one.id, post: third }]);
    });

    it('is news if the old one is still there', () => {
      expect(titles(diffCatalog(knownAfter(catalogOf([one])), catalogOf([one, moved])).news)).toEqual([' ONE']);
    });

    it('is news if several of its title went or came, or if it stands in another source', () => {
      const twin = makePost({ title: 'One', id: 'twin' });
      const twinsGone = diffCatalog(knownAfter(catalogOf([one, twin, two])), catalogOf([moved, two]));
      expect(titles(twinsGone.news)).toEqual([' ONE']);
      const twinsCome = diffCatalog(knownAfter(catalogOf([one, two])), catalogOf([moved, twin, two]));
      expect(twinsCome.news).toHaveLength(2);
      const other = makePost({ title: 'X', source: 'other.md' });
      const elsewhere = diffCatalog(
        knownAfter(catalogOf([one, other])),
        catalogOf([{ ...moved, source: 'other.md' }, other]),
      );
      expect(titles(elsewhere.news)).toEqual([' ONE']);
    });
  });

  describe('posts that share one url', () => {
    const url = 'https://blog.example/weekly';
    const sharing = (...names: string[]): Catalog => {
      const identities = identify(
        names.map((title) => ({ title, url })),
        'posts.md',
      );
      return catalogOf(names.map((title, at) => makePost({ title, url, ...identities[at] })));
    };

    it('are known ones when a title is edited, and again when the next is', () => {
      const first = knownAfter(sharing('One'), sharing('One', 'Two'));
      const edited = diffCatalog(first, sharing('One', 'Two, corrected'));
      expect([edited.news, edited.gone]).toEqual([[], []]);
      const second = apply(first, edited);
      expect(isEmptyDiff(diffCatalog(second, sharing('One', 'Two, corrected')))).toBe(true);
      expect(diffCatalog(second, sharing('One, too', 'Two, corrected')).news).toEqual([]);
      expect(diffCatalog(second, sharing('One', 'Two, once more')).news).toEqual([]);
    });

    it('are news if another is added, or if it is unclear which one was edited', () => {
      const known = knownAfter(sharing('One', 'Two'));
      expect(titles(diffCatalog(known, sharing('One', 'Two', 'Three')).news)).toEqual(['Three']);
      expect(titles(diffCatalog(known, sharing('One', 'Three', 'Four')).news)).toEqual(['Three', 'Four']);
    });
  });

  describe('posts that share one url in two sources', () => {
    it('are not taken for one another when a title is edited', () => {
      const url = 'https://blog.example/weekly';
      const postsIn = (source: string, ...names: string[]) => {
        const identities = identify(
          names.map((title) => ({ title, url })),
          source,
        );
        return names.map((title, at) => makePost({ title, url, source, ...identities[at] }));
      };
      const other = makePost({ title: 'Other', source: 'b.md' });
      const known = knownAfter(catalogOf([...postsIn('posts.md', 'One', 'Two'), other]));
      const [, elsewhere] = postsIn('b.md', 'One', 'Two, corrected');
      const diff = diffCatalog(
        known,
        catalogOf([...postsIn('posts.md', 'One', 'Two').slice(0, 1), other, elsewhere as Post]),
      );
      expect(titles(diff.news)).toEqual(['Two, corrected']);
      expect(diff.gone.map(({ title }) => title)).toEqual(['Two']);
    });
  });

  describe('a post with further ids', () => {
    it('is known by any of them', () => {
      const known = knownAfter(catalogOf([{ ...one, aliases: ['with-title'] }]));
      expect(diffCatalog(known, catalogOf([{ ...one, id: 'with-title' }])).news).toEqual([]);
      expect(diffCatalog(known, catalogOf([{ ...one, id: 'new', aliases: ['with-title'] }])).news).toEqual([]);
    });

    it('does not hide another post that comes to share one of them', () => {
      const known = knownAfter(catalogOf([{ ...one, id: 'page', aliases: ['page-one'] }]));
      const both = [
        { ...one, id: 'page-one', aliases: ['page'] },
        { ...two, id: 'page-two', aliases: ['page'] },
      ];
      expect(titles(diffCatalog(known, catalogOf(both)).news)).toEqual(['Two']);
    });
  });

  it('does not miss what a feed no longer shows', () => {
    const known = knownAfter(catalogOf([one, two]));
    const diff = diffCatalog(known, catalogOf([three], { windows: ['posts.md'] }));
    expect(diff.gone).toEqual([]);
    expect(titles(diff.news)).toEqual(['Three']);
  });

  it('is settled: once written down, the same catalog holds nothing new, whatever came before', () => {
    const post = fc
      .record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        title: fc.constantFrom('T1', 'T2', 'T3', ''),
        source: fc.constantFrom('x', 'y'),
        summary: fc.constantFrom('', 's'),
        aliases: fc.uniqueArray(fc.constantFrom('a', 'b', 'f', 'g'), { maxLength: 2 }),
      })
      .map((fields) => makePost({ ...fields, url: `https://e.example/${fields.id}` }));
    const reading = fc.uniqueArray(post, { selector: ({ id }) => id, maxLength: 5 }).map((posts) => catalogOf(posts));
    fc.assert(
      fc.property(fc.array(reading, { minLength: 1, maxLength: 6 }), (readings) => {
        let known = nothingKnown;
        const toldIds = new Set<string>();
        for (const catalog of readings) {
          const diff = diffCatalog(known, catalog);
          // No post is news twice, nor after it was part of a baseline.
          for (const { id } of diff.news) expect(toldIds.has(id)).toBe(false);
          for (const { id } of [...diff.news, ...diff.baseline]) toldIds.add(id);
          // Nothing is both: each post of the catalog is known, moved, news or baseline.
          known = apply(known, diff);
          for (const { id } of catalog.posts) expect(known.posts.has(id) || known.aliases.has(id)).toBe(true);
          for (const [alias, id] of known.aliases) {
            expect(known.posts.has(alias)).toBe(false);
            expect(known.posts.has(id)).toBe(true);
          }
          expect(isEmptyDiff(diffCatalog(known, catalog))).toBe(true);
        }
      }),
    );
  });
});

describe('a diff', () => {
  const known = knownAfter(catalogOf([one, two]));
  it.each<[string, Catalog]>([
    ['a post is new', catalogOf([one, two, three])],
    ['a post is gone', catalogOf([one])],
    ['a post is edited', catalogOf([one, { ...two, summary: 'edited' }])],
    ['a source is read for the first time', catalogOf([one, two], { sources: ['posts.md', 'empty.md'] })],
    ['a post gets another id', catalogOf([one, { ...two, aliases: ['two-too'] }])],
  ])('is not empty where %s', (_, catalog) => {
    expect(isEmptyDiff(diffCatalog(known, catalog))).toBe(false);
  });
});

describe('a source that loses much at once', () => {
  const posts = Array.from({ length: 10 }, (_, index) => makePost({ title: `P${index}` }));
  const limits = { share: 0.3, posts: 3 };

  it('changes nothing: no news, no updates, nothing gone', () => {
    const known = knownAfter(catalogOf(posts));
    const reading = catalogOf([...posts.slice(0, 5), makePost({ title: 'New' })]);
    const { diff, shrunken } = withholdShrunken(diffCatalog(known, reading), known, limits);
    expect(isEmptyDiff(diff)).toBe(true);
    expect(shrunken).toEqual([{ source: 'posts.md', lost: 5, before: 10 }]);
  });

  it('holds up no other source, whatever happens there', () => {
    const [edited, moved, lost] = ['Edited', 'Moved', 'Lost'].map((title) =>
      makePost({ title, source: 'other.md' }),
    ) as [Post, Post, Post];
    const known = knownAfter(catalogOf([...posts, edited, moved, lost]));
    const movedOf = (post: Post) => ({ ...post, id: `${post.id}-2`, url: `${post.url}-2` });
    const [first, second, ...rest] = posts.slice(0, 5) as [Post, Post, ...Post[]];
    const reading = catalogOf([
      { ...first, summary: 'edited' },
      movedOf(second),
      ...rest,
      { ...edited, summary: 'edited' },
      movedOf(moved),
    ]);
    const { diff, shrunken } = withholdShrunken(diffCatalog(known, reading), known, limits);
    expect(shrunken.map(({ source }) => source)).toEqual(['posts.md']);
    expect(diff.updates.map(({ id }) => id).sort()).toEqual([edited.id, moved.id]);
    expect(diff.moves.map(({ id }) => id)).toEqual([moved.id]);
    expect(diff.aliases).toEqual([{ alias: `${moved.id}-2`, id: moved.id }]);
    expect(diff.gone.map(({ id }) => id)).toEqual([lost.id]);
  });

  it('takes its first reading as it is, and so a new name for a post of it', () => {
    const known = knownAfter(catalogOf(posts));
    const first = makePost({ title: 'First', source: 'new.md', aliases: ['first-too'] });
    const reading = catalogOf([...posts.slice(0, 5), makePost({ title: 'New' }), first]);
    const { diff } = withholdShrunken(diffCatalog(known, reading), known, limits);
    expect(diff.baseline).toEqual([first]);
    expect(diff.aliases).toEqual([{ alias: 'first-too', id: first.id }]);
    expect(diff.sources).toEqual(['new.md']);
  });

  it('is measured by what it had in the reading before, not by all that ever stood in it', () => {
    const many = Array.from({ length: 20 }, (_, index) => makePost({ title: `P${index}` }));
    const known = knownAfter(catalogOf(many), catalogOf(many.slice(0, 10)));
    const diff = diffCatalog(known, catalogOf(many.slice(0, 6)));
    expect(withholdShrunken(diff, known, limits).shrunken).toEqual([{ source: 'posts.md', lost: 4, before: 10 }]);
  });

  it('holds up no other source’s news', () => {
    const other = makePost({ title: 'Other', source: 'other.md' });
    const known = knownAfter(catalogOf([...posts, other]));
    const reading = catalogOf([other, makePost({ title: 'New', source: 'other.md' })]);
    const { diff } = withholdShrunken(diffCatalog(known, reading), known, limits);
    expect(titles(diff.news)).toEqual(['New']);
    expect(diff.gone).toEqual([]);
  });

  it.each([
    ['three of four', 4, 1, false],
    ['four of ten', 10, 6, true],
    ['three of ten', 10, 7, false],
    ['four of fourteen', 14, 10, false],
    ['six of twenty', 20, 14, false],
    ['seven of twenty', 20, 13, true],
  ])('is not believed only beyond both limits: %s', (_, before, left, withheld) => {
    const many = Array.from({ length: before }, (__, index) => makePost({ title: `P${index}` }));
    const known = knownAfter(catalogOf(many));
    const diff = diffCatalog(known, catalogOf(many.slice(0, left)));
    expect(withholdShrunken(diff, known, limits).shrunken.length > 0).toBe(withheld);
  });

  it('is believed when all posts moved to another domain', () => {
    const known = knownAfter(catalogOf(posts));
    const moved = posts.map((post, index) => ({ ...post, id: `new${index}`, url: `https://new.example/${index}` }));
    const { diff, shrunken } = withholdShrunken(diffCatalog(known, catalogOf(moved)), known, limits);
    expect([diff.news, shrunken]).toEqual([[], []]);
    expect(diff.moves).toHaveLength(10);
  });
});
