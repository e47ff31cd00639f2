import { readMarkdownFile } from '../support/catalog-world.ts';

/** Of this list front matter may hide one half. */
const list = '## Tools\n- [Hidden](https://ex.org/hidden)\n\n## A\n- [One](https://ex.org/1)\n';

const taken: readonly [string, string][] = [
  ['YAML', '---\npostbell:\n  exclude: [Tools]\n---\n'],
  ['YAML with blanks behind its rules', '---  \npostbell:\n  exclude: [Tools]\n--- \t\n'],
  ['YAML that ends with dots', '---\npostbell:\n  exclude: [Tools]\n...\n'],
  ['YAML with a comment first', '---\n# mine\npostbell: { exclude: [Tools] }\n---\n'],
  ['TOML', '+++\n[postbell]\nexclude = ["Tools"]\n+++\n'],
  ['TOML with blanks behind its rules', '+++ \t\n[postbell]\nexclude = ["Tools"]\n+++ \n'],
  ['JSON', '{\n  "postbell": { "exclude": ["Tools"] }\n}\n'],
  ['JSON with blanks behind its braces', '{ \t\n  "postbell": { "exclude": ["Tools"] }\n} \t\n'],
];

const faulty: readonly [string, string][] = [
  ['YAML', '---\ntitle: [never closed\n---\n'],
  ['YAML with a key in quotes', '---\n  "my.key-1" : [never closed\n---\n'],
  ['TOML', '+++\ntitle="never closed\n+++\n'],
  ['TOML with blanks about the sign', '+++\n  my-key  = nothing\n+++\n'],
  ['TOML with a table', '+++\n[never\n+++\n'],
  ['TOML with a comment first', '+++\n# mine\ntitle = nothing\n+++\n'],
  ['JSON', '{\n  "title": nothing\n}\n'],
  ['JSON with a blank before the colon', '{\n"title" : nothing\n}\n'],
];

const other: readonly [string, string][] = [
  ['words between two rules', '---\nJust words [and: more\n---\n'],
  ['an address between two rules', '---\nsee (this: one\n---\n'],
  ['a list between two rules', '---\n- mine\n- yours\n---\n'],
  ['words between rows of signs', '+++\nJust words = [and more\n+++\n'],
  ['words in braces', '{\nnothing "title": of it\n}\n'],
  ['a rule that goes on', '--- not this\n\n---\npostbell: { exclude: [Tools] }\n---\n'],
  ['signs that go on', '+++ not this\n\n+++\npostbell.exclude = ["Tools"]\n+++\n'],
  ['a brace that goes on', '{ not this\n\n{\n  "postbell": { "exclude": ["Tools"] }\n}\n'],
  ['front matter that is not at the head', '\nWords.\n\n---\npostbell: { exclude: [Tools] }\n---\n'],
];

const read = async (head: string) => {
  const { posts, problems } = await readMarkdownFile(head + list);
  return { posts: posts.map(({ title, line }) => ({ title, line })), problems };
};
/** The posts of the list where so many lines stand before it. */
const behind = (head: string) => {
  const before = head.split('\n').length - 1;
  return { hidden: { title: 'Hidden', line: before + 2 }, one: { title: 'One', line: before + 5 } };
};

describe('front matter of a list', () => {
  it.each(taken)('is taken as %s, and the lines behind it keep their numbers', async (_, head) => {
    expect(await read(head)).toEqual({ posts: [behind(head).one], problems: [] });
  });

  it.each(faulty)('that is no %s is a problem that says why, and the list is read', async (name, head) => {
    const { posts, problems } = await read(head);
    expect(posts).toEqual([behind(head).hidden, behind(head).one]);
    const [language] = name.split(' ');
    expect(problems).toEqual([
      expect.objectContaining({ code: 'bad-front-matter', message: expect.stringMatching(`${language}.*\\(.{5,}\\)`) }),
    ]);
    expect(problems[0]?.message).not.toContain('\n');
  });

  it.each(other)('is not seen in %s', async (_, head) => {
    const { posts, problems } = await read(head);
    expect(posts).toEqual([behind(head).hidden, behind(head).one]);
    expect(problems).toEqual([]);
  });
});
