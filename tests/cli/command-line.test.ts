import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, postbell } from '../support/process.ts';

describe('postbell catalog list --json', () => {
  test('gives the 77 posts of the founding catalog in its 8 categories', async () => {
    const { code, stdout } = await postbell(['catalog', 'list', '--json']);
    expect(code).toBe(0);
    const { posts, problems } = JSON.parse(stdout);
    expect(problems).toEqual(expect.any(Array));
    const counts = new Map<string, number>();
    for (const { category } of posts) counts.set(category.join('/'), (counts.get(category.join('/')) ?? 0) + 1);
    expect(posts).toHaveLength(77);
    expect([...counts.values()]).toEqual([11, 9, 2, 7, 25, 5, 12, 6]);
    expect(new Set(posts.map((post: { id: string }) => post.id)).size).toBe(77);
    expect(posts[0]).toMatchObject({
      title: '多模态预训练模型串烧1：CLIP、ViLT、ALBEF、VLMo',
      url: 'https://mp.weixin.qq.com/s/bUkQA27OphCleiqREM8C3A',
      line: 4,
    });
  });
});

describe('postbell catalog check', () => {
  test('names file, line and code, and ends with 1 if there are errors', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'list.md'), '# L\n\n## A\n### [](https://ex.org/1)\n\n### [Good](https://ex.org/2)\n');
    const { code, stdout } = await postbell(['catalog', 'check', '--catalog', 'list.md'], { cwd: folder });
    expect(code).toBe(1);
    expect(stdout).toMatch(/list\.md:4.*empty-title/);
  });

  test('names the line of a glossary that cannot be understood', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'list.md'), '# L\n\n## A\n### [Good](https://ex.org/2)\nA summary.\n');
    writeFileSync(join(folder, 'words.yaml'), '- 微调, fine-tuning\n- lonely\n');
    const check = ['catalog', 'check', '--catalog', 'list.md'];
    const { code, stdout } = await postbell(check, { cwd: folder, env: { GLOSSARY: 'words.yaml' } });
    expect(code).toBe(1);
    expect(stdout).toMatch(/words\.yaml:2.*glossary-entry.*lonely/);
  });

  test('ends with 0 on the founding catalog', async () => {
    const { code } = await postbell(['catalog', 'check']);
    expect(code).toBe(0);
  });
});

describe('postbell search', () => {
  test('answers with one JSON document and nothing else on stdout', async () => {
    const { code, stdout } = await postbell(['search', 'LoRA', '--json', '--limit', '3']);
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    expect(answer.query).toBe('LoRA');
    expect(answer.hits.length).toBeLessThanOrEqual(3);
    expect(answer.total).toBeGreaterThanOrEqual(answer.hits.length);
    expect(answer.hits[0].title).toContain('LoRA');
    expect(answer.hits[0].highlights).not.toEqual([]);
  });

  test('takes several words, and only posts of one category where asked', async () => {
    const { stdout } = await postbell(['search', '多模态', '大模型', '--json', '--category', 'AIGC']);
    for (const hit of JSON.parse(stdout).hits) expect(hit.category).toEqual(['AIGC']);
  });

  test('answers a query a line, empty lines too, in their order', async () => {
    const { stdout } = await postbell(['search', '--stdin', '--limit', '1'], { input: 'LoRA\n\n微调\n' });
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map(({ query }) => query)).toEqual(['LoRA', '', '微调']);
    expect(answers[1]).toMatchObject({ total: 0, hits: [] });
    expect(answers[2].hits).toHaveLength(1);
  });

  test('shows cards in a terminal', async () => {
    const { code, stdout } = await postbell(['search', 'LoRA'], { env: { LANGUAGE: 'en' } });
    expect(code).toBe(0);
    expect(stdout).toContain('大模型微调：LoRA和DoRA的原理及pytorch实现');
    expect(stdout).toContain('https://mp.weixin.qq.com/s/Jk5FHMihFqh2mnaHajyQvg');
  });
});

describe('postbell chat', () => {
  test('answers what is typed until the input ends, and remembers a subscription', async () => {
    const cwd = makeFolder();
    const first = await postbell(['chat'], { cwd, input: 'LoRA\n/subscribe\n', env: { LANGUAGE: 'en' } });
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('LoRA和DoRA');
    const second = await postbell(['chat'], { cwd, input: '/subscriptions\n', env: { LANGUAGE: 'en' } });
    expect(second.stdout).toMatch(/everything|every new post|all new posts/i);
  });
});

describe('postbell export and import', () => {
  test('move subscriptions into another database, once', async () => {
    const from = makeFolder();
    await postbell(['chat'], { cwd: from, input: '/subscribe LoRA\n' });
    const { code, stdout } = await postbell(['export'], { cwd: from });
    expect(code).toBe(0);

    const to = makeFolder();
    writeFileSync(join(to, 'backup.json'), stdout);
    expect((await postbell(['import', 'backup.json'], { cwd: to })).code).toBe(0);
    const chat = await postbell(['chat'], { cwd: to, input: '/subscriptions\n' });
    expect(chat.stdout).toContain('LoRA');

    const again = await postbell(['import', 'backup.json'], { cwd: to });
    expect(again.code).toBe(1);
    expect(again.stderr.trim().split('\n')).toHaveLength(1);
  });

  test('names a file that is no backup', async () => {
    const cwd = makeFolder();
    writeFileSync(join(cwd, 'notes.json'), '{"a":1}');
    for (const file of ['notes.json', 'missing.json']) {
      const { code, stderr } = await postbell(['import', file], { cwd });
      expect(code).toBe(1);
      expect(stderr.trim()).not.toContain('\n');
    }
  });
});

describe('postbell announce --dry-run', () => {
  test('says who would be told of what, and changes nothing', async () => {
    const { code, stdout } = await postbell(['announce', '--dry-run', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ posts: [], baseline: 77, deliveries: [] });
  });

  test('is asked for by name', async () => {
    const { code, stderr } = await postbell(['announce']);
    expect(code).toBe(2);
    expect(stderr).toContain('--dry-run');
  });
});

describe('wrong usage', () => {
  test.each([
    [['nonsense'], 'nonsense'],
    [['search', 'x', '--limit', 'many'], '--limit'],
    [['search'], 'query'],
    [['catalog', 'nonsense'], 'nonsense'],
  ])('postbell %j ends with 2 and names the fault', async (args, named) => {
    const { code, stdout, stderr } = await postbell(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(named);
  });

  test('a variable that is wrong is named in one line', async () => {
    const { code, stderr } = await postbell(['start'], { env: { PORT: 'abc' } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^PORT: [^\n]+\n$/);
  });

  test('a source that is not there is a problem of the input', async () => {
    const { code, stderr } = await postbell(['search', 'x', '--catalog', '/does/not/exist.md']);
    expect(code).toBe(1);
    expect(stderr).toContain('/does/not/exist.md');
  });
});
