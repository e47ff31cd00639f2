import fc from 'fast-check';
import { type ButtonData, prepareButtonData, readButtonData } from '../../../src/channels/telegram/button-data.ts';
import { createMiniApp } from '../../../src/channels/telegram/mini-app.ts';
import { render } from '../../../src/channels/telegram/render.ts';
import { type Card, plain } from '../../../src/message/card.ts';
import { commandNames } from '../../../src/message/command.ts';
import type { Message } from '../../../src/message/message.ts';
import { createMemoryActions } from '../../support/telegram/memory-actions.ts';
import { readKeyboard, readText } from '../../support/telegram/message-content.ts';

const dataOf: ButtonData = () => 'x';

const card = (more: Partial<Card> = {}): Card => ({
  postId: 'one',
  title: plain('Title'),
  url: 'https://blog.example/one',
  category: [],
  snippet: plain(''),
  ...more,
});
const message = (more: Partial<Message> = {}): Message => ({ text: 'Found', cards: [], actions: [], ...more });
const shown = (some: Message) => readText(render(some, { dataOf }).html, 'HTML');

// Everything that breaks messages in public: markup, entities, halves of pairs, separators, long words, nothing.
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      '\ud83d',
      '\ude00',
      '\u202e',
      '\u200b',
      '\u2800',
      '\n',
      '\0',
      ' ',
      'a',
      '中',
    ),
    maxLength: 300,
  }),
  fc.constantFrom(
    '',
    ' ',
    '\u200b',
    '\ufeff\u2800',
    '<b>',
    '</a>',
    '&lt;',
    '&amp;amp;',
    '<LoRA> & "QLoRA" (v1.0)!',
    '@javascript_dev',
    '/start',
    '\ud800',
  ),
  fc.integer({ min: 0, max: 9_000 }).map((length) => '字'.repeat(length)),
  fc.integer({ min: 0, max: 9_000 }).map((length) => '&'.repeat(length)),
);
const marked = fc
  .tuple(
    hostile,
    fc.array(fc.tuple(fc.integer({ min: -2, max: 400 }), fc.integer({ min: -2, max: 400 })), { maxLength: 60 }),
  )
  .map(([text, marks]) => ({ text, marks: marks.map(([start, end]) => ({ start, end })) }));
const url = fc.oneof(
  fc.webUrl(),
  hostile,
  fc.constantFrom(
    'http://localhost:8080/x',
    'javascript:alert(1)',
    '../a',
    'https://x.y/a?q="b"&c={d}',
    'tg://resolve',
  ),
  fc.integer({ min: 0, max: 5_000 }).map((length) => `https://x.example/?${'&'.repeat(length)}`),
);
const command = fc.record({
  name: fc.constantFrom(...commandNames),
  argument: hostile,
  page: fc.integer({ min: 0, max: 1_000 }),
});
const cards = fc.array(
  fc.record(
    {
      postId: fc.string(),
      title: marked,
      url,
      category: fc.array(hostile, { maxLength: 3 }),
      snippet: marked,
      date: hostile,
      cover: url,
    },
    { requiredKeys: ['postId', 'title', 'url', 'category', 'snippet'] },
  ),
  { maxLength: 60, size: 'max' },
);
const action = fc.oneof(
  fc.record({ label: hostile, command, inPlace: fc.boolean() }),
  fc.record({ label: hostile, url }),
);
const anyMessage: fc.Arbitrary<Message> = fc.record(
  {
    text: hostile,
    cards,
    firstRank: fc.integer({ min: 1, max: 1_000_000 }),
    footer: hostile,
    actions: fc.array(fc.array(action, { maxLength: 15 }), { maxLength: 15 }),
    page: fc.record(
      { index: fc.nat(50), count: fc.nat(50), previous: command, next: command },
      { requiredKeys: ['index', 'count'] },
    ),
    inApp: fc.record({ label: hostile, command }),
  },
  { requiredKeys: ['text', 'cards', 'actions'] },
);

it('whatever a message holds, Telegram takes it', async () => {
  await fc.assert(
    fc.asyncProperty(anyMessage, url, fc.constantFrom('private', 'group'), async (some, cover, chat) => {
      const actions = createMemoryActions();
      const miniApp = createMiniApp('https://postbell.example', { username: 'PostbellBot', hasMainApp: true });
      const rendered = render(some, {
        dataOf: await prepareButtonData(some, actions),
        username: 'PostbellBot',
        openerOf: chat === 'private' ? miniApp.inPrivate : miniApp.elsewhere,
        coverOf: () => cover,
      });
      readText(rendered.html, 'HTML');
      readText(rendered.plain, undefined);
      const sent = rendered.keyboard.flat();
      expect(readKeyboard({ inline_keyboard: rendered.keyboard }, chat).flat()).toHaveLength(sent.length);
      expect(sent.length).toBeLessThanOrEqual(100);
    }),
    { numRuns: 150 },
  );
});

it('a pressed button means what it meant when it was shown', async () => {
  await fc.assert(
    fc.asyncProperty(command, fc.boolean(), async (some, inPlace) => {
      const actions = createMemoryActions();
      const dataOf = await prepareButtonData(message({ actions: [[{ label: 'x', command: some, inPlace }]] }), actions);
      expect(await readButtonData(dataOf(some, inPlace), actions)).toEqual({ command: some, inPlace });
    }),
  );
});

it.each(['', 'x', '=', '+', '=nonsense:0:', '=search:-1:', '=search:1', '+#', '=#none', 'search:0:LoRA'])(
  'the callback data "%s" of another time means nothing',
  async (some) => {
    expect(await readButtonData(some, createMemoryActions())).toBeUndefined();
  },
);

it.each([
  '<LoRA> & "QLoRA" (v1.0)!',
  '@javascript_dev',
  '*bold* _it_ [x](https://y.z) `code` ~s~ ||t||',
  '&amp;lt;b&gt; &nbsp; &#33;',
])('people read the very words, whatever signs are in them', (title) => {
  const { text, entities } = shown(
    message({ cards: [card({ title: plain(title), url: 'https://x.y/a?q="b"&c={d}' })] }),
  );
  expect(text).toBe(`Found\n\n${title}`);
  expect(entities).toEqual([
    { type: 'text_link', offset: 7, length: title.length, url: 'https://x.y/a?q=%22b%22&c={d}' },
  ]);
});

it('a long text is cut before it is marked', () => {
  const snippet = { text: 'LoRA '.repeat(1_200), marks: [{ start: 0, end: 6_000 }] };
  const { text, entities } = shown(message({ cards: [card({ snippet })] }));
  const [bold] = entities.filter(({ type }) => type === 'bold');
  expect(text.length).toBeLessThan(4_096);
  expect(text.slice(bold?.offset)).toMatch(/^LoRA .*…$/);
});

it('the words that answer are bold', () => {
  const title = { text: '😀 LoRA here', marks: [{ start: 3, end: 7 }] };
  const { text, entities } = shown(message({ cards: [card({ title })], firstRank: 6 }));
  const bold = entities
    .filter(({ type }) => type === 'bold')
    .map(({ offset, length }) => text.slice(offset, offset + length));
  expect(bold).toEqual(['LoRA']);
  expect(text).toContain('6. 😀 LoRA here');
});

it.each(['http://localhost:8080/x', '../relative', 'javascript:alert(1)', ''])(
  'a title without a usable link ("%s") is plain',
  (bad) => {
    const { entities } = shown(message({ cards: [card({ url: bad })] }));
    expect(entities).toEqual([]);
  },
);

it('a link button that Telegram would refuse is left out, and the others stay', () => {
  const actions = [
    [
      { label: 'bad', url: 'http://localhost/x' },
      { label: 'good', url: 'https://blog.example/' },
    ],
  ];
  expect(render(message({ actions }), { dataOf }).keyboard).toEqual([[{ text: 'good', url: 'https://blog.example/' }]]);
});

it.each([
  [5, [5]],
  [8, [8]],
  [9, [5, 4]],
  [10, [5, 5]],
  [40, [5, 5]],
])('%d numbered cards are opened by rows of %j', (count, rows) => {
  const many = Array.from({ length: count }, () => card());
  const { keyboard } = render(message({ cards: many, firstRank: 1 }), { dataOf });
  expect(keyboard.map(({ length }) => length)).toEqual(rows);
});

it('a hundred long cards are all named as long as there is room, and the rest is counted', () => {
  const many = Array.from({ length: 100 }, (_, at) =>
    card({
      title: plain(`Post ${at} ${'long '.repeat(60)}`),
      snippet: plain('words '.repeat(100)),
      category: ['News'],
    }),
  );
  const { text } = shown(message({ cards: many, footer: 'The end' }));
  expect(text).toContain('Post 84');
  expect(text).toContain('+15');
  expect(text.endsWith('The end')).toBe(true);
});

it('one card is passed on by a button at the end of its first row, and by a row of its own where that is full', () => {
  const link = (label: string) => ({ label, url: 'https://blog.example/' });
  const rows = (...actions: Message['actions']) =>
    render(message({ cards: [card()], actions }), { dataOf, username: 'PostbellBot' }).keyboard.map((row) =>
      row.map(({ text }) => text),
    );
  expect(rows([link('a'), link('b')], [link('c')])).toEqual([['a', 'b', '📤'], ['c']]);
  expect(rows([link('a'), link('b'), link('c')])).toEqual([['📤'], ['a', 'b', 'c']]);
  expect(rows()).toEqual([['📤']]);
});

it('one card shows its cover large, several show none', () => {
  const cover = 'https://blog.example/cover.png';
  expect(render(message({ cards: [card({ cover })] }), { dataOf }).preview).toEqual({
    url: cover,
    prefer_large_media: true,
    show_above_text: true,
  });
  expect(render(message({ cards: [card({ cover }), card({ cover })] }), { dataOf }).preview).toEqual({
    is_disabled: true,
  });
});
