import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { createSources } from '../../src/catalog/sources/create-sources.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { ConfigError } from '../../src/kernel/errors.ts';
import { createCatalogFolder, readOnce } from '../support/catalog-world.ts';

/** Reads a folder of files that is published at https://ex.org/blog/. */
async function readFolder(files: Readonly<Record<string, string>>, spec = '.', base = 'https://ex.org/blog/') {
  const folder = createCatalogFolder(files);
  try {
    return await readOnce(spec, { folder: folder.path, ...(base && { baseUrl: base }) });
  } finally {
    folder.remove();
  }
}

/** What somebody reads who may not look into a folder. */
async function withoutRight<T>(path: string, read: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  chmodSync(path, 0o000);
  // Root may read anything: be nobody meanwhile.
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await read();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(path, 0o700);
  }
}

const article = (data: string, body = 'The article begins here, and it is a long one that lists nothing.') =>
  `---\n${data}\n---\n\n${body}\n`;

describe('a folder of lists', () => {
  test('brings the posts of all its files, in the order of their names, each with file and line', async () => {
    const { posts, problems } = await readFolder({
      'b.md': '- [Two](two.md)\n',
      'a/list.md': '\n- [One](one.md)\n',
      'notes.bin': '\u0000',
    });
    expect(posts.map(({ title, url, file, line }) => ({ title, url, file, line }))).toEqual([
      { title: 'One', url: 'https://ex.org/blog/a/one.md', file: 'a/list.md', line: 2 },
      { title: 'Two', url: 'https://ex.org/blog/two.md', file: 'b.md', line: 1 },
    ]);
    expect(problems).toEqual([]);
  });

  test('a glob takes only what it names, even within braces', async () => {
    const files = {
      'x/a.md': '- [A](https://ex.org/a)\n',
      'x/b.txt': '- [B](https://ex.org/b)\n',
      'x/c.json': '[{"title":"C","url":"https://ex.org/c"}]',
    };
    expect((await readFolder(files, 'x/*.{md,json}')).posts.map(({ title }) => title)).toEqual(['A', 'C']);
  });

  test('lists, feeds and data stand side by side; a url listed twice is one post in two categories', async () => {
    const { posts } = await readFolder({
      'a.md': '## A\n- [One](https://ex.org/1)\n',
      'b.md': '## B\n- [One](https://ex.org/1)\n',
      'c.csv': 'title,url\nTwo,https://ex.org/2\n',
    });
    expect(posts).toEqual([
      expect.objectContaining({ title: 'One', category: ['A'], alsoIn: [['B']] }),
      expect.objectContaining({ title: 'Two' }),
    ]);
  });

  test('relative links without a base are problems that name file and line', async () => {
    const { posts, problems } = await readFolder({ 'a.md': '## A\n- [One](one.md)\n' }, '.', '');
    expect(posts).toEqual([]);
    expect(problems).toEqual([
      expect.objectContaining({ source: 'a.md', line: 2, code: 'relative-link', severity: 'error' }),
    ]);
  });

  test('settings of the folder and of a file say what is read', async () => {
    const { posts } = await readFolder({
      'postbell.yaml': 'exclude: [Tools]\n',
      'a.md':
        '---\npostbell:\n  include: [About compilers]\n---\n## About compilers\n- [One](https://ex.org/1)\n\n## Tools\n- [Two](https://ex.org/2)\n',
    });
    expect(posts.map(({ title }) => title)).toEqual(['One']);
  });

  test('records without an address get it from the pattern', async () => {
    const { posts } = await readFolder({
      'postbell.yaml': 'url: https://ex.org/{year}/{filename}\n',
      'a.json': '[{"title":"\\"One\\"","date":"2024-12-06","filename":"git_note.md"}]',
    });
    expect(posts).toEqual([
      expect.objectContaining({ title: '"One"', url: 'https://ex.org/2024/git_note.md', date: '2024-12-06' }),
    ]);
  });
});

describe('a folder of articles', () => {
  test.each([
    [
      'Hugo',
      'content/posts/my-post.md',
      'title: T\ndate: 2024-05-06T07:08:09+08:00\ndescription: D',
      'https://ex.org/blog/posts/my-post/',
    ],
    [
      'Hugo with a bundle',
      'content/posts/my-post/index.md',
      'title: T\ndescription: D',
      'https://ex.org/blog/posts/my-post/',
    ],
    [
      'Hexo',
      'source/_posts/my-post.md',
      'title: T\ndate: 2024-05-06 07:08:09\ndescription: D',
      'https://ex.org/blog/2024/05/06/my-post/',
    ],
    [
      'Jekyll',
      '_posts/2024-05-06-my-post.md',
      'title: T\ncategories: [a, b]\ndescription: D',
      'https://ex.org/blog/a/b/2024/05/06/my-post.html',
    ],
    [
      'a slug of its own',
      'src/content/blog/x.md',
      'title: T\nslug: my-post\ndescription: D',
      'https://ex.org/blog/blog/my-post/',
    ],
    ['a permalink of its own', 'x.md', 'title: T\npermalink: /p/my-post/\ndescription: D', 'https://ex.org/p/my-post/'],
  ])('%s: one file is one post at its address', async (_, name, data, url) => {
    const { posts, problems } = await readFolder({ [name]: article(data) });
    expect(posts).toEqual([expect.objectContaining({ title: 'T', url, summary: 'D', file: name })]);
    expect(problems).toEqual([]);
  });

  test.each([
    [
      'YAML',
      '---\ntitle: 2024\ndate: 2024-05-06\ntags: [x]\ncategories: [P]\ndescription: D\n---\n',
      { title: '2024', tags: ['x'], category: ['P'] },
    ],
    [
      'TOML of Hugo',
      '+++\ntitle = "T +++ U"\ndate = 2024-05-06\ntags = ["x"]\ncategories = ["P"]\ndescription = "D"\ndraft = false\n+++\n',
      { title: 'T +++ U', tags: ['x'], category: ['P'] },
    ],
    [
      'TOML of Zola',
      '+++\ntitle = "T"\ndate = 2024-05-06T07:08:09Z\ndescription = "D"\n[taxonomies]\ntags = ["x"]\n[extra]\ncover = "c.png"\n+++\n',
      { title: 'T', tags: ['x'], image: 'https://ex.org/blog/c.png' },
    ],
    [
      'JSON of Hugo',
      '{\n  "title": "T",\n  "date": "2024-05-06",\n  "description": "D",\n  "tags": ["x"]\n}\n',
      { title: 'T', tags: ['x'] },
    ],
  ])('%s at the head of an article is understood', async (_, head, post) => {
    const { posts, problems } = await readFolder({ 'a.md': `${head}\nThe article begins here, and it is long.\n` });
    expect(posts).toEqual([expect.objectContaining({ ...post, summary: 'D', url: 'https://ex.org/blog/a/' })]);
    expect(posts[0]?.date?.slice(0, 10)).toBe('2024-05-06');
    expect(problems).toEqual([]);
  });

  test('drafts are left out whatever language says so', async () => {
    const { posts } = await readFolder({
      'a.md': '+++\ntitle = "A"\ndraft = true\n+++\nA long article.\n',
      'b.md': '{\n  "title": "B",\n  "draft": true\n}\nA long article.\n',
    });
    expect(posts).toEqual([]);
  });

  test('fields of the front matter are those of the post; drafts are left out', async () => {
    const { posts } = await readFolder({
      'a.md': article(
        "title: 'A: b'\ndate: 2024-05-06\ntags: [x, y]\ncategories:\n  - P\n  - Q\ncover: img/c.png",
        'First words of it.\n\n<!-- more -->\n\nThe rest.',
      ),
      'b.md': article('title: B\ndraft: true'),
      '_drafts/c.md': article('title: C'),
    });
    expect(posts).toEqual([
      expect.objectContaining({
        title: 'A: b',
        date: '2024-05-06',
        tags: ['x', 'y'],
        category: ['P', 'Q'],
        image: 'https://ex.org/blog/img/c.png',
        summary: 'First words of it.',
      }),
    ]);
  });

  test('an article that cites a few pages stays one post; a list with a title is a list', async () => {
    const prose = `${'A long paragraph of prose. '.repeat(30)}\n\n## References\n\n- [Cited](https://ex.org/cited)\n`;
    const { posts } = await readFolder({
      'a.md': article('title: A', prose),
      'list.md': article('title: My list', '- [One](https://ex.org/1)\n- [Two](https://ex.org/2)'),
    });
    expect(posts.map(({ title }) => title)).toEqual(['A', 'One', 'Two']);
  });

  test('the pattern of the folder comes before what generators do', async () => {
    const { posts } = await readFolder({
      'postbell.yaml': 'url: /:year/:month/{name}\n',
      '_posts/2024-05-06-my-post.md': article('title: T'),
    });
    expect(posts[0]?.url).toBe('https://ex.org/blog/2024/05/my-post');
  });

  test.each([
    ['YAML', '---\ntitle: [x\n---\n'],
    ['TOML', '+++\ntitle = x y\n+++\n'],
    ['JSON', '{\n"title": x\n}\n'],
  ])('front matter that is no %s is a problem with its place, and the text is still read', async (language, head) => {
    const { posts, problems } = await readFolder({ 'a.md': `${head}- [One](https://ex.org/1)\n` });
    expect(posts.map(({ title, line }) => [title, line])).toEqual([['One', 4]]);
    expect(problems).toEqual([
      expect.objectContaining({
        source: 'a.md',
        line: 1,
        code: 'bad-front-matter',
        severity: 'warning',
        message: expect.stringContaining(language),
      }),
    ]);
  });
});

describe('the CATALOG text', () => {
  const ids = (spec: string) => createSources(spec, { folder: '/srv', clock: systemClock }).map(({ id }) => id);

  test('parts its entries by commas and new lines, once each', () => {
    expect(ids('a.md, b.md\nhttps://ex.org/feed.xml\na.md,x/*.{md,txt}')).toEqual([
      'a.md',
      'b.md',
      'https://ex.org/feed.xml',
      'x/*.{md,txt}',
    ]);
  });

  test('names files by their path from the working folder, others by their whole path', () => {
    expect(ids('./posts/../a.md,/etc/list.md')).toEqual(['a.md', '/etc/list.md']);
  });

  test.each(['', ' , ', 'ftp://ex.org/feed', 'https://'])('"%s" is refused by name', (spec) => {
    expect(() => ids(spec)).toThrow(ConfigError);
  });

  test('a base that is no address is refused by name', () => {
    expect(() => createSources('a.md', { folder: '/srv', clock: systemClock, baseUrl: 'ex.org' })).toThrow(
      /CATALOG_BASE_URL/,
    );
  });

  test.each(['.', '*.md'])('%s of a folder that this user may not read says so', async (spec) => {
    const folder = createCatalogFolder({ 'list.md': '- [One](https://ex.org/1)\n' });
    try {
      const { posts, problems } = await withoutRight(folder.path, () => readOnce(spec, { folder: folder.path }));
      expect(posts).toEqual([]);
      expect(problems).toEqual([
        expect.objectContaining({
          code: 'unreadable',
          message: expect.stringMatching(/may not read .*give it the right/),
        }),
      ]);
    } finally {
      folder.remove();
    }
  });

  test('a folder within that this user may not read any more is named, and keeps the posts that were read', async () => {
    const folder = createCatalogFolder({
      'a/list.md': '- [One](https://ex.org/1)\n',
      'a/deep/more.md': '- [Two](https://ex.org/2)\n',
      'b.md': '- [Three](https://ex.org/3)\n',
    });
    chmodSync(folder.path, 0o755);
    const sources = createSources('.', { folder: folder.path, clock: systemClock });
    const read = () => readCatalog(sources, new AbortController().signal);
    const titles = async (catalog: ReturnType<typeof read>) => (await catalog).posts.map(({ title }) => title);
    try {
      expect(await titles(read())).toEqual(['Two', 'One', 'Three']);
      folder.write('b.md', '- [Three](https://ex.org/3)\n- [Four](https://ex.org/4)\n');
      const { posts, problems } = await withoutRight(join(folder.path, 'a'), read);
      expect(posts.map(({ title }) => title).toSorted()).toEqual(['Four', 'One', 'Three', 'Two']);
      expect(problems).toContainEqual(
        expect.objectContaining({
          code: 'unreadable',
          severity: 'error',
          message: expect.stringMatching(/may not read .*\/a; give it the right/),
        }),
      );
      expect(await titles(read())).toEqual(['Two', 'One', 'Three', 'Four']);
    } finally {
      folder.remove();
    }
  });

  test('a folder within that this user may not read is named from the first reading on', async () => {
    const folder = createCatalogFolder({ 'b.md': '- [Three](https://ex.org/3)\n' });
    chmodSync(folder.path, 0o755);
    mkdirSync(join(folder.path, 'closed'));
    try {
      const { posts, problems } = await withoutRight(join(folder.path, 'closed'), () =>
        readOnce('.', { folder: folder.path }),
      );
      expect(posts.map(({ title }) => title)).toEqual(['Three']);
      expect(problems.map(({ code, source }) => [code, source])).toEqual([['unreadable', 'closed']]);
    } finally {
      folder.remove();
    }
  });

  test('a folder or file that is not there is a problem that says where it was looked for', async () => {
    const { problems } = await readFolder({}, 'missing,missing.md');
    expect(problems.map(({ source, code, severity }) => [source, code, severity])).toEqual([
      ['missing', 'unreadable', 'error'],
      ['missing.md', 'unreadable', 'error'],
    ]);
  });

  test('the founding catalog can be named as a folder', async () => {
    const { posts } = await readOnce('catalog');
    expect(posts).toHaveLength(77);
    expect(posts[0]).toMatchObject({ source: 'catalog', file: join('catalog', 'laygin.md'), line: 4 });
  });
});
