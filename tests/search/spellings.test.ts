import { answers, indexOf, titles } from './worlds.ts';

describe('what a reader may type for one thing', () => {
  const index = indexOf([
    '大语言模型微调（Fine-tune LLMs）',
    'GroundingDINO 与 SAM 的联合使用',
    'miniGPT-4 简介',
    '多模态预训练模型',
    '用 numpy 解释损失函数',
    '数据库索引入门',
    'Kubernetes 部署笔记',
    '国际化：internationalization in practice',
    'Natural Language Processing 入门',
    '天气很好',
  ]);

  it.each([
    ['大语言模型', 0, 'Chinese as it stands'],
    ['fine-tuning', 0, 'another form of an English word'],
    ['ＬＬＭｓ', 0, 'full-width letters'],
    ['large language model', 0, 'English for a Chinese title'],
    ['grounding dino', 1, 'a camel-case name in two words'],
    ['groundingdino', 1, 'a camel-case name in lower case'],
    ['minigpt4', 2, 'a name without its hyphen'],
    ['mini gpt-4', 2, 'a name with a space too many'],
    ['多模態', 3, 'traditional characters'],
    ['duomotai', 3, 'pinyin'],
    ['duo mo tai', 3, 'pinyin with spaces'],
    ['dmt', 3, 'the initials of pinyin'],
    ['sunshi hanshu', 4, 'pinyin of two words'],
    ['损失涵数', 4, 'a homophone'],
    ['資料庫', 5, 'the word of Taiwan'],
    ['database', 5, 'English for a Chinese word'],
    ['k8s', 6, 'an abbreviation'],
    ['kuberntes', 6, 'a typing error'],
    ['kuber', 6, 'the beginning of a word'],
    ['i18n', 7, 'a numeronym'],
    ['nlp', 8, 'initials of words'],
    ['自然语言处理', 8, 'Chinese for an English title'],
  ])('%s finds its post first: %#', (query, id) => {
    expect(answers(index, query)[0]).toBe(String(id));
  });

  const doubled = ['string', 'filter', 'server', 'caching', 'container', 'testing'].flatMap((word) =>
    Array.from(word, (letter, at) => [`${word.slice(0, at)}${letter}${word.slice(at)}`, word] as const),
  );
  it.each(doubled)('finds by %s, with a letter typed twice, what is called %s', (query, word) => {
    expect(titles(indexOf([`About ${word}`, 'Something else']), query)).toEqual([`About ${word}`]);
  });

  it.each([
    ['skiing', 'Skipping tests'],
    ['striped', 'Strapped for time'],
    ['flitted', 'Fitted curves'],
    ['planned', 'Plant a tree'],
  ])('takes %s for the word that it is, not for a slip in %s', (query, title) => {
    expect(answers(indexOf([title, 'Something else']), query)).toEqual([]);
  });

  it('finds a character that looks like the right one', () => {
    expect(titles(indexOf(['未来的趋势', '过去的事']), '末来')).toEqual(['未来的趋势']);
  });

  it('tells rare characters apart, and finds them within words', () => {
    const index = indexOf(['𠮷野家', '𠮶野家', '去𠮷川', '😀 表情', '😃 表情']);
    expect(answers(index, '𠮷').sort()).toEqual(['0', '2']);
    expect(answers(index, '𠮷川')).toEqual(['2']);
    expect(answers(index, '"😀" 表情')).toEqual(['3']);
  });

  it('reads pinyin of a name that the catalog has in English only', () => {
    const posts = indexOf(['Non-financial blockchain', 'Block storage', 'Something else']);
    expect(answers(posts, 'qukuailian')).toEqual(['0']);
    expect(answers(posts, 'qu kuai lian')).toEqual(['0']);
    expect(answers(posts, 'shujuku')).toEqual([]);
  });

  it('reads syllables as pinyin although some of them are words', () => {
    expect(answers(indexOf(['布隆过滤器的用法', 'A long build']), 'bu long guo lv qi')).toEqual(['0']);
  });

  it('knows the plural of an abbreviation', () => {
    expect(answers(indexOf(['Falsehoods about REST APIs', 'A rest']), 'REST 接口')[0]).toBe('0');
  });

  it('finds a hyphenated word beside the same word in one', () => {
    const index = indexOf(['Your E-Mail Validation Logic', 'Validating an email address', 'A letter']);
    expect(answers(index, 'e mail validation').sort()).toEqual(['0', '1']);
  });

  it('finds a single character wherever it stands', () => {
    expect(answers(indexOf(['路边草', '草原', '天空']), '草').sort()).toEqual(['0', '1']);
  });

  it('finds Japanese and Korean titles by their own words', () => {
    const foreign = indexOf(['自然言語処理の基礎', 'はじめての機械学習', '한국어 검색 엔진 만들기', 'Другая статья']);
    expect(answers(foreign, '自然言語処理')[0]).toBe('0');
    expect(answers(foreign, 'はじめて')[0]).toBe('1');
    expect(answers(foreign, '검색')[0]).toBe('2');
    expect(answers(foreign, 'статья')[0]).toBe('3');
  });

  it('keeps signs that belong to a name', () => {
    expect(titles(indexOf(['C++ 入门', 'C 入门', 'C# 入门']), 'c++')[0]).toBe('C++ 入门');
  });

  it('finds a post by the words of its url where the title says it otherwise', () => {
    const index = indexOf([{ title: '一次旅行', url: 'https://example.org/2024-05-01-travel-to-kyoto.html' }, '别的']);
    expect(answers(index, 'kyoto')).toEqual(['0']);
  });

  it('learns from the catalog which names stand for each other', () => {
    const index = indexOf(['检索增强术（Zorbing）入门', 'Zorbing 的十个技巧', '天气']);
    expect(answers(index, '检索增强术')).toContain('1');
  });

  it('learns the two names of a category', () => {
    const index = indexOf([
      { title: '甲', category: ['冰川学 / Zorbology'] },
      { title: 'Zorbology for everyone', category: ['Books'] },
      { title: '乙', category: ['天气'] },
    ]);
    expect(answers(index, '冰川学').sort()).toEqual(['0', '1']);
  });

  it('finds the words of a name apart beside the name itself', () => {
    const index = indexOf(['SSH with port forwarding', 'Forward multiple ports over SSH', 'Multiple keys']);
    expect(answers(index, '端口转发')).toEqual(['0', '1']);
    const { hits } = index.search({ text: '端口转发', limit: 2, offset: 0 });
    const marked = hits[1]?.highlights.map(({ start, end }) => hits[1]?.post.title.slice(start, end));
    expect(marked).toEqual(['Forward', 'ports']);
  });

  it('takes a short summary for what the post is about, where the title is but a name', () => {
    const index = indexOf([
      { title: 'Gifski', summary: '把视频转换为 Gif 图的小工具' },
      { title: 'IINA', summary: 'Mac 上的视频播放器' },
      { title: 'Mos', summary: '平滑鼠标滚动' },
    ]);
    expect(answers(index, '怎样把视频转成动图')).toEqual(['0']);
  });

  it('takes a word of the language for no typing error', () => {
    expect(answers(indexOf(['转换格式', 'Transform data', '别的']), 'transfer')).toEqual([]);
    expect(answers(indexOf(['Mocking boto in tests', 'A bot for chats', 'Books of the year']), 'boot')).toEqual([]);
  });
});

describe('the order of answers', () => {
  it('puts an exact title first, whatever else holds the words', () => {
    const index = indexOf([
      { title: 'LoRA 详解：LoRA、QLoRA 与 LoRA', summary: 'LoRA LoRA LoRA' },
      { title: 'LoRA' },
      { title: 'LoRA 微调', category: ['LoRA'] },
    ]);
    expect(answers(index, 'lora')[0]).toBe('1');
  });

  it('weighs the title above the summary', () => {
    const index = indexOf([{ title: '别的', summary: '讲讲闭包' }, { title: '闭包' }]);
    expect(answers(index, '闭包')).toEqual(['1', '0']);
  });

  it('keeps what is better than an answer, although it lacks a word', () => {
    const others = Array.from({ length: 30 }, (_, at) => `完全是别的东西，与它毫无关系的第 ${at} 个题目`);
    const index = indexOf([
      { title: 'synchronized', summary: '先讲一讲它的关键字，然后再讲 volatile。' },
      { title: 'volatile 篇', summary: 'volatile 是什么，volatile 怎么用。', tags: ['volatile'] },
      { title: '完全是别的东西，只提到关键字' },
      ...others,
    ]);
    expect(answers(index, 'volatile关键字')).toEqual(['1', '0']);
  });

  it('takes the rare name of a thing for no better than the common one', () => {
    const common = ['Keyboard shortcuts', 'More keyboard shortcuts', 'All those keyboard shortcuts'];
    const index = indexOf([
      ...common,
      'A list of all my hotkeys',
      ...Array.from({ length: 30 }, (_, at) => `Other ${at}`),
    ]);
    expect(answers(index, '快捷键')[0]).toBe('0');
  });

  it('brings the asked place of a series first', () => {
    const index = indexOf(['加速训练的方法（一）', '加速训练的方法（二）', '加速训练的方法（三）']);
    expect(answers(index, '加速训练 三')[0]).toBe('2');
    expect(answers(index, '加速训练 第二篇')[0]).toBe('1');
    expect(answers(index, '加速训练 1')[0]).toBe('0');
  });

  it('keeps the order of the catalog among equals', () => {
    const index = indexOf(Array.from({ length: 20 }, () => '同一个题目'));
    expect(answers(index, '题目')).toEqual(Array.from({ length: 20 }, (_, at) => String(at)));
  });

  it('brings the posts of a category that is asked for by name', () => {
    const index = indexOf([
      { title: '甲', category: ['视觉大模型（LVM）'] },
      { title: '乙', category: ['其他'] },
    ]);
    expect(answers(index, 'LVM')).toEqual(['0']);
  });
});
