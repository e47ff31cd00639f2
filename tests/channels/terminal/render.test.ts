import { stripVTControlCharacters } from 'node:util';
import { renderTerminal, type TerminalStyle } from '../../../src/channels/terminal/render.ts';
import { loadPhrases } from '../../../src/conversation/phrases/phrases.ts';
import type { Message } from '../../../src/message/message.ts';

const style: TerminalStyle = { width: 60, color: false, hyperlinks: false, interactive: true, say: loadPhrases().en };
const message: Message = {
  text: '2 posts on “LoRA”',
  cards: [
    {
      postId: 'a',
      title: { text: 'All of LoRA', marks: [{ start: 7, end: 11 }] },
      url: 'https://blog.example/lora',
      category: ['Models', 'LLM'],
      snippet: { text: 'Small adapters.', marks: [] },
      date: '2026-11-25T08:00:00Z',
    },
    {
      postId: 'b',
      title: { text: '微调', marks: [] },
      url: 'https://blog.example/b',
      category: [],
      snippet: { text: '', marks: [] },
    },
  ],
  firstRank: 9,
  footer: 'That is all.',
  actions: [
    [
      { label: 'Latest posts', command: { name: 'latest', argument: '', page: 0 }, inPlace: false },
      { label: 'Categories', command: { name: 'categories', argument: '', page: 0 }, inPlace: false },
    ],
    [{ label: 'The blog', url: 'https://blog.example/' }],
  ],
  page: { index: 1, count: 3, next: { name: 'search', argument: 'LoRA', page: 2 } },
};

describe('a message in the terminal', () => {
  it('reads from top to bottom', () => {
    expect(renderTerminal(message, style)).toBe(`2 posts on “LoRA”

   9. All of LoRA
      Models / LLM · 2026-11-25
      Small adapters.
      https://blog.example/lora

  10. 微调
      https://blog.example/b

  That is all.

  >1 Latest posts   >2 Categories
  >3 The blog

  Page 2 of 3   n next
`);
  });

  it('says what to type in place of buttons where nobody chooses', () => {
    const text = renderTerminal(message, { ...style, interactive: false });
    expect(text).toContain('  Latest posts: /latest\n  Categories: /categories\n  The blog: https://blog.example/\n');
    expect(text).not.toMatch(/>1|n next/);
    expect(text).toContain('Page 2 of 3');
  });

  it('puts buttons that do not fit side by side beneath each other, and wraps them', () => {
    const text = renderTerminal({ ...message, cards: [] }, { ...style, width: 22 });
    expect(text).toContain('  >1 Latest posts\n  >2 Categories\n  >3 The blog\n');
    const narrow = renderTerminal({ ...message, cards: [] }, { ...style, width: 12 });
    expect(narrow).toContain('  >1 Latest\n     posts\n');
  });

  it('marks what answers, and is the same text without the colours', () => {
    const coloured = renderTerminal(message, { ...style, color: true });
    expect(coloured).toContain('\u001b[33mLoRA\u001b[39m');
    expect(stripVTControlCharacters(coloured)).toBe(renderTerminal(message, style));
  });

  it('makes urls links where the terminal knows them', () => {
    expect(renderTerminal(message, { ...style, hyperlinks: true })).toContain(
      '\u001b]8;;https://blog.example/lora\u001b\\https://blog.example/lora\u001b]8;;\u001b\\',
    );
  });

  it('lets no control character of a catalog through', () => {
    const hostile = '\u001b]0;owned\u0007\u001b[2Jtitle\u202e';
    const text = renderTerminal(
      {
        ...message,
        text: hostile,
        footer: hostile,
        cards: [
          {
            postId: hostile,
            title: { text: hostile, marks: [{ start: 0, end: 9 }] },
            url: `https://x.example/${hostile}`,
            category: [hostile],
            snippet: { text: hostile, marks: [] },
          },
        ],
        actions: [[{ label: hostile, url: 'https://x.example' }]],
      },
      style,
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Control}\p{Format}]/u);
  });
});
