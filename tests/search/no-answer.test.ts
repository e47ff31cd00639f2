import fc from 'fast-check';
import { byLength, nearWords } from '../../src/search/query/typos.ts';
import { answers, indexOf, titles } from './worlds.ts';

describe('a post about something else is no answer', () => {
  it.each([
    ['rtlnull', ['Natural language in the browser', '自然语言处理'], 'several letters away is another word'],
    ['laravel', ['Release notes', 'Parallel builds', 'A larger disk'], 'two errors in a short word are too many'],
    [
      'rust ownership',
      ['Piping to a file owned by root using sudo and tee'],
      'the initials of a row of words are not a word',
    ],
    ['spring cloud', ['Google Cloud 账单', 'Deploying to Cloud Run'], 'a product that the catalog lacks'],
    ['python 装饰器', ['有趣的 box-decoration-break', 'CSS decorator 写法'], 'a language that the catalog lacks'],
    ['java 线程池', ['JavaScript 中的线程', 'JavaScript 入门'], 'a name is not the beginning of another'],
    ['webpack 打包优化', ['打包发布一个包', '优化图片'], 'what has to do with a product is not the product'],
    ['钓鱼技巧', ['A tip for debugging', '调试小技巧'], 'the sort of a post is not its subject'],
    ['世界杯决赛比分', ['让全世界的人都能用的包', '世界地图'], 'a word of the language is not cut in two'],
    ['联邦学习', ['系统性学习 CSS 指南', '学习笔记'], 'half of a name is not the name'],
    ['微信登录', ['Write logs to a bucket', 'Signing an app'], 'what is left of "log in" is not to log in'],
    ['how to train a puppy', ['模型训练的技巧', 'Training two models'], 'the last of two words is the thing'],
    ['pytorch lightning', ['Initialize a PyTorch tensor'], 'the last of two words is the thing, whatever the first is'],
    ['微信小程序登录', ['Authentication with OAuth'], 'what it is done with is part of it'],
    ['hadoop cluster setup', ['Set up a cluster with Postgres'], 'all but the name'],
    ['java 线程池参数', ['Java 三十周年'], 'a language, of all that was asked'],
    ['pytorch 分布式训练', ['Initialize a PyTorch tensor'], 'a product, without what was asked of it'],
  ])('%s in %j: %#', (query, titles) => {
    expect(answers(indexOf([...titles, '别的', 'Something else']), query)).toEqual([]);
  });

  it.each(['dark launch kubernetes', 'kubernetes dark launch', 'dark kubernetes launch'])(
    'though it has one of three keywords, of which another stands nowhere: %s',
    (query) => {
      const others = Array.from({ length: 60 }, (_, at) => `Something else ${at}`);
      expect(answers(indexOf(['Datasette in Kubernetes', 'Start a server', ...others]), query)).toEqual([]);
      expect(answers(indexOf(['Dark launches on Kubernetes', 'Start a server', ...others]), query)).toEqual(['0']);
    },
  );

  it('but the same words answer where the catalog has the thing', () => {
    expect(answers(indexOf(['Spring Cloud 网关', 'Google Cloud 账单']), 'spring cloud')[0]).toBe('0');
    expect(answers(indexOf(['钓鱼入门', '调试技巧']), '钓鱼技巧')).toEqual(['0']);
    expect(answers(indexOf(['联邦学习综述', '学习笔记']), '联邦学习')[0]).toBe('0');
    expect(answers(indexOf(['Training a puppy', '模型训练']), 'how to train a puppy')[0]).toBe('0');
    expect(answers(indexOf(['PyTorch 分布式训练入门', '分布式系统']), 'pytorch 分布式训练')[0]).toBe('0');
    expect(answers(indexOf(['Dark launches on Kubernetes', 'Start a server']), 'dark launch kubernetes')).toEqual([
      '0',
    ]);
    expect(answers(indexOf(['Compute Median Instead Of Average', 'Average']), '中位数')).toEqual(['0']);
  });
});

describe('what is said to whoever answers is no question to a catalog', () => {
  const index = indexOf([
    '你是领先的，什么领域你可以做到出类拔萃？',
    '为什么谷歌做不好社交软件',
    'What to do when you do not rescue',
    'Run a hello world program',
    'How streaming APIs work and what time they take',
    '名字的故事',
    '时间都去哪儿了',
    '最近在想的事：喜欢的工具、开心的回忆',
    '聊天室的慢查询，今天回答',
    'Real busy people like to think about sleep',
    'Slow days: what you hear is wrong',
  ]);
  it.each([
    '你好',
    '你是谁',
    '你能做什么？',
    '谢谢你！',
    '可以吗',
    '是的',
    '那你呢',
    '你叫什么名字',
    'hello',
    'Thank you!',
    'who are you',
    'What can you do?',
    'what is this',
    'where are you from',
    'what time is it',
    '最近怎么样',
    '我该问你什么',
    '为什么不回我',
    '你今天开心吗',
    '你喜欢什么',
    '你在想什么',
    '陪我聊天',
    '你太慢了',
    "what's up",
    'are you real',
    'are you busy',
    'do you like me',
    'Do you sleep?',
    'can you hear me',
    'why are you so slow',
    'what do you think',
  ])('%s', (text) => {
    expect(index.search({ text, limit: 5, offset: 0 }).hits).toEqual([]);
  });

  it('but a title that says it is found', () => {
    expect(answers(indexOf(['你好', '你好世界']), '你好')).toEqual(['0']);
    expect(answers(indexOf(['Who am I: the npm edition', 'Who knows']), 'who am I')).toEqual(['0']);
    expect(answers(index, 'hello world')).toEqual(['3']);
    expect(answers(indexOf(['What do you think: a survey', 'Think']), 'what do you think')).toEqual(['0']);
    expect(answers(indexOf(['The if else ladder', 'Switch']), 'if else')).toEqual(['0']);
  });
});

describe('a question that names a matter is no small talk, though it turns to someone', () => {
  it.each([
    ['你会 docker 吗', 'Docker 入门'],
    ['你不知道的 JavaScript', '你不知道的 JavaScript：上卷'],
    ['你为什么慢查询', '慢查询的日志'],
    ['我想了解事件', '浏览器的事件'],
    ['how do you sleep in bash', 'Sleep for a second in bash'],
    ['what do you think of rust', 'What to think of Rust'],
    ['how to sleep', 'Sleep for a second'],
  ])('%s finds %s', (query, title) => {
    expect(titles(indexOf([title, '别的', 'Something else']), query)).toEqual([title]);
  });
});

describe('words near a mistyped one', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'n', 'r'), minLength: 4, maxLength: 11 });

  it('are one error away, in words of eight letters and more two', () => {
    fc.assert(
      fc.property(letters, fc.array(letters, { maxLength: 30 }), (word, others) => {
        const found = nearWords(word, byLength(others));
        for (const near of found) {
          expect(near.distance).toBe(editDistance(word, near.word));
          expect(near.distance).toBeLessThanOrEqual(word.length >= 8 ? 2 : 1);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** By its definition, without a bound: the fewest letters put in, left out, changed, or exchanged with their neighbour. */
function editDistance(a: string, b: string): number {
  const known = new Map<string, number>();
  const of = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j;
    const key = `${i} ${j}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const ways = [of(i - 1, j) + 1, of(i, j - 1) + 1, of(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)];
    if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) ways.push(of(i - 2, j - 2) + 1);
    const least = Math.min(...ways);
    known.set(key, least);
    return least;
  };
  return of(a.length, b.length);
}
