import { appendEntry } from '../../src/catalog/add/append-entry.ts';
import { readPageFacts } from '../../src/catalog/add/page-facts.ts';
import { readDocument } from '../../src/catalog/read-document.ts';
import { noSettings } from '../../src/catalog/settings.ts';

describe('what a page says of itself', () => {
  test('Open Graph comes before the page', () => {
    const html = `<html><head><title>Blog | Fog</title><meta property="og:title" content="Fog &amp; dew"><meta name="description" content="Grey.">
      <meta property="article:published_time" content="2020-01-02T03:04:05+08:00"><meta property="og:image" content="/c.jpg"><link rel="canonical" href="/fog"></head></html>`;
    expect(readPageFacts(html, 'https://ex.org/fog?utm_source=x')).toEqual({
      title: 'Fog & dew',
      url: 'https://ex.org/fog',
      description: 'Grey.',
      date: '2020-01-01T19:04:05Z',
      image: 'https://ex.org/c.jpg',
    });
  });

  test('a WeChat article has its time in a script', () => {
    const html = '<meta property="og:title" content="雨声"><script>var ct = "1577934245";</script>';
    expect(readPageFacts(html, 'https://mp.weixin.qq.com/s/AbC')).toEqual({
      title: '雨声',
      url: 'https://mp.weixin.qq.com/s/AbC',
      description: '',
      date: '2020-01-02T03:04:05Z',
    });
  });

  test('a plain page has its title', () => {
    expect(readPageFacts('<title> Fog\n today </title><h1>x</h1>', 'https://ex.org/f')).toEqual({
      title: 'Fog today',
      url: 'https://ex.org/f',
      description: '',
    });
  });
});

describe('an added entry', () => {
  const facts = { title: 'New [one]', url: 'https://ex.org/new', description: 'Says *much*.', date: '2024-05-06' };
  const add = (text: string, category?: string) => {
    const { entries } = readDocument({
      name: 'a.md',
      bytes: Buffer.from(text),
      base: 'https://ex.org/',
      settings: noSettings,
    });
    return appendEntry(text, entries, facts, category);
  };

  test.each([
    [
      'a heading after headings',
      '## A\n### [One](https://ex.org/1)\nText.\n\n## B\n### [Two](https://ex.org/2)\nText.\n\n**Follow me**\n',
      undefined,
      '## A\n### [One](https://ex.org/1)\nText.\n\n## B\n### [Two](https://ex.org/2)\nText.\n\n### [New \\[one\\]](https://ex.org/new)\nSays \\*much\\*.\n\n**Follow me**\n',
    ],
    [
      'an item after items, in its category',
      '## A\n* [One](https://ex.org/1): said.\n\n## B\n* [Two](https://ex.org/2): said.\n',
      'A',
      '## A\n* [One](https://ex.org/1): said.\n* [New \\[one\\]](https://ex.org/new): Says \\*much\\*.\n\n## B\n* [Two](https://ex.org/2): said.\n',
    ],
    [
      'a dated item above older ones',
      '- 2023/01/02 [Two](https://ex.org/2)\n- 2022/01/02 [One](https://ex.org/1)\n',
      undefined,
      '- 2024/05/06 [New \\[one\\]](https://ex.org/new)\n- 2023/01/02 [Two](https://ex.org/2)\n- 2022/01/02 [One](https://ex.org/1)\n',
    ],
    [
      'an item with the date behind it',
      '- [One](https://ex.org/1) - 2022-01-02\n- [Two](https://ex.org/2) - 2023-01-02\n',
      undefined,
      '- [One](https://ex.org/1) - 2022-01-02\n- [Two](https://ex.org/2) - 2023-01-02\n- [New \\[one\\]](https://ex.org/new) - 2024-05-06\n',
    ],
    [
      'the next number of a numbered list',
      '1. [One](https://ex.org/1)\n2. [Two](https://ex.org/2)\n',
      undefined,
      '1. [One](https://ex.org/1)\n2. [Two](https://ex.org/2)\n3. [New \\[one\\]](https://ex.org/new)\n',
    ],
    [
      'a row with the columns of the others',
      '| 标题 | 日期 | 简介 |\n|---|---|---|\n| [One](https://ex.org/1) | 2022-01-02 | Said. |\n',
      undefined,
      '| 标题 | 日期 | 简介 |\n|---|---|---|\n| [One](https://ex.org/1) | 2022-01-02 | Said. |\n| [New \\[one\\]](https://ex.org/new) | 2024-05-06 | Says \\*much\\*. |\n',
    ],
  ])('is %s, and the file stays as it was', (_, text, category, expected) => {
    const change = add(text, category);
    expect(change?.text).toBe(expected);
    const { entries } = readDocument({
      name: 'a.md',
      bytes: Buffer.from(change?.text ?? ''),
      base: 'https://ex.org/',
      settings: noSettings,
    });
    expect(entries).toContainEqual(expect.objectContaining({ title: 'New [one]', url: 'https://ex.org/new' }));
  });

  test('has no place in a list without entries, or in a category that is not there', () => {
    expect(add('# Empty\n')).toBeUndefined();
    expect(add('## A\n- [One](https://ex.org/1)\n', 'B')).toBeUndefined();
  });
});
