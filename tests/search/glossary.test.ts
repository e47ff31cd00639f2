import fc from 'fast-check';
import { readDefaultGlossary } from '../../src/search/glossary/default-glossary.ts';
import { loadGlossary } from '../../src/search/glossary/glossary.ts';
import { answers, indexOf } from './worlds.ts';

describe('the glossary that comes with Postbell', () => {
  it('names at least 1,000 concepts, most of them in both languages', () => {
    const { concepts } = readDefaultGlossary();
    const both = concepts.filter(({ names }) => {
      const all = names.join(' ');
      return /\p{Script=Han}/u.test(all) && /[a-z]/i.test(all);
    });
    expect(concepts.length).toBeGreaterThanOrEqual(1000);
    expect(both.length / concepts.length).toBeGreaterThan(0.9);
  });

  const pairs = [
    ['机器人', 'Robotics'],
    ['主页', 'Home page'],
    ['介面', 'User interface'],
    ['心理健康', 'Mental health'],
    ['互斥锁', 'Mutex'],
    ['审计日志', 'Audit log'],
    ['元数据', 'Metadata'],
    ['可选链', 'Optional chaining'],
    ['公开演讲', 'Public speaking'],
    ['主干开发', 'Trunk-based development'],
    ['威胁建模', 'Threat modelling'],
    ['静态站点生成', 'Static site generation'],
  ] as const;

  it.each(pairs.flatMap(([chinese, english]) => [[chinese, english] as const, [english, chinese] as const]))(
    'finds by %s first what is called %s',
    (query, title) => {
      const titles = pairs.flat().filter((each) => each !== query);
      expect(answers(indexOf(titles), query)[0]).toBe(String(titles.indexOf(title)));
    },
  );
});

describe("an author's glossary", () => {
  it('links names that no general table knows', () => {
    const { glossary, problems } = loadGlossary('- 串烧, potpourri\n- 证件, 卡证 ~ 护照\n', 'glossary.yaml');
    expect(problems).toEqual([]);
    const index = indexOf(['多模态串烧', '证件检测', '天气'], { glossary });
    expect(answers(index, 'potpourri')).toEqual(['0']);
    expect(answers(index, '卡证')[0]).toBe('1');
  });

  it.each([
    ['- a, b\n- lonely\n', 2, 'glossary-entry'],
    ['- a, b\n- [x, y]\n', 2, 'glossary-entry'],
    ['a: b\n', 1, 'glossary-entry'],
    ['just text', 1, 'glossary-entry'],
    ['- a, b\n- "x" y\n', 2, 'glossary-syntax'],
    ['- a ~ b ~ c\n', 1, 'glossary-entry'],
  ])('%j has a problem on line %i', (text, line, code) => {
    const { problems } = loadGlossary(text, 'glossary.yaml');
    expect(problems[0]).toMatchObject({ source: 'glossary.yaml', line, code, severity: 'error' });
  });

  it('keeps what is right beside what is wrong', () => {
    const { glossary } = loadGlossary('- lonely\n- 串烧, potpourri\n', 'glossary.yaml');
    expect(glossary.concepts).toEqual([{ names: ['串烧', 'potpourri'], related: [] }]);
  });

  it.each(["- 魔方, rubik's cube\n", '- 1:1, one-on-one\n', '- say "hi", greet\n'])('reads %j as YAML does', (text) => {
    // A document mark makes it read by the YAML library.
    expect(loadGlossary(text, 'x')).toEqual(loadGlossary(`---\n${text}`, 'x'));
  });

  it('may be empty', () => {
    expect(loadGlossary('# nothing yet\n', 'glossary.yaml')).toEqual({ glossary: { concepts: [] }, problems: [] });
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(loadGlossary(text, 'x').glossary.concepts.length).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
