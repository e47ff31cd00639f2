import fc from 'fast-check';
import { bytesOf, cutToBytes, fitParts } from '../../../src/channels/tencent/byte-budget.ts';
import { wordsOf } from '../../../src/channels/tencent/command-words.ts';
import { renderText } from '../../../src/channels/tencent/render-text.ts';
import { writeReply } from '../../../src/channels/tencent/reply.ts';
import { renderAnswer, renderKept, textLimit } from '../../../src/channels/wechat/render.ts';
import { robotBody } from '../../../src/channels/wecom/render.ts';
import { loadPhrases } from '../../../src/conversation/phrases/phrases.ts';
import { type Card, plain } from '../../../src/message/card.ts';
import { commandNames } from '../../../src/message/command.ts';
import type { Message } from '../../../src/message/message.ts';
import { checkText, readPassiveAnswer } from '../../support/wechat/passive-answer.ts';

const say = loadPhrases().zh;
const options = { say, wordsOf: (command: Parameters<typeof wordsOf>[0]) => wordsOf(command, 'zh') };
const coverOf = ({ cover }: Card) => cover;

// The mark of a cut character is no input here: the check takes it for one.
const anyText = fc
  .oneof(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string({ unit: 'binary', maxLength: 100 }))
  .map((text) => text.replaceAll('\ufffd', ''));
const hostile = fc.oneof(
  { weight: 2, arbitrary: anyText },
  fc.constantFrom(
    ']]>',
    '<a href="https://evil.example">x</a>',
    '&amp;',
    '👨‍👩‍👧‍👦'.repeat(40),
    '很长'.repeat(300),
    '\u0000\u001d',
  ),
);
const marked = hostile.map((text) => ({ text, marks: [] }));
const address = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.webUrl().map((url) => `${url}/${'x'.repeat(600)}`),
  fc.webUrl().map((url) => `${url}?q="><script>&b=1`),
  fc.constantFrom('javascript:alert(1)', 'nothing', ''),
);
const card: fc.Arbitrary<Card> = fc.record({
  postId: fc.constant('id'),
  title: marked,
  url: address,
  category: fc.array(hostile, { maxLength: 3 }),
  snippet: marked,
});
const action = fc.oneof(
  fc.record({
    label: hostile,
    command: fc.record({ name: fc.constantFrom(...commandNames), argument: hostile, page: fc.nat(5) }),
    inPlace: fc.boolean(),
  }),
  fc.record({ label: hostile, url: address }),
);
const message: fc.Arbitrary<Message> = fc.record(
  {
    text: hostile,
    cards: fc.array(card, { maxLength: 40 }),
    footer: hostile,
    actions: fc.array(fc.array(action, { maxLength: 3 }), { maxLength: 10 }),
    page: fc.record({ index: fc.nat(4), count: fc.nat(9) }),
  },
  { requiredKeys: ['text', 'cards', 'actions'] },
);

describe('a text', () => {
  it('is cut between characters, to its bytes', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 3, max: 500 }), (text, limit) => {
        const cut = cutToBytes(text, limit);
        expect(bytesOf(cut)).toBeLessThanOrEqual(limit);
        const kept = cut.replace(/…$/u, '');
        expect(text.startsWith(kept) || text === cut).toBe(true);
        const graphemes = [...new Intl.Segmenter('zh').segment(text)].map(({ index }) => index);
        if (cut !== text)
          expect([...graphemes, text.length]).toContain(text.startsWith(kept) ? boundaryOf(text, kept) : 0);
      }),
    );
  });

  it('of parts loses parts, never pieces of them', () => {
    const part = fc.array(
      fc.string({ minLength: 1, maxLength: 60 }).filter((text) => !text.includes('\n')),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 10, max: 400 }), (parts, limit) => {
        const text = fitParts(
          parts.map((forms) => forms.map((form) => () => form)),
          limit,
        );
        expect(bytesOf(text)).toBeLessThanOrEqual(limit);
        const lines = text === '' ? [] : text.split('\n');
        const whole = lines.filter((line, at) => at < lines.length - 1 || line !== '…');
        for (const [at, line] of whole.entries()) expect(parts[at]).toContain(line);
      }),
    );
  });

  it('for a reader fits and is whole, whatever the message', () => {
    fc.assert(
      fc.property(
        message,
        fc.integer({ min: 900, max: 2_000 }),
        fc.boolean(),
        fc.boolean(),
        (said, limit, links, remembered) => {
          const text = renderText(said, { ...options, limit, sendingLinks: links, remembered });
          if (text.trim() !== '') checkText(text, limit);
        },
      ),
    );
  });

  it('for a reader shows every card of a page', () => {
    fc.assert(
      fc.property(fc.array(card, { minLength: 2, maxLength: 5 }), (cards) => {
        const said: Message = { text: '找到', cards, firstRank: 1, actions: [] };
        const text = renderText(said, { ...options, limit: textLimit, sendingLinks: false, remembered: true });
        for (const [at] of cards.entries()) expect(text).toMatch(new RegExp(`^${at + 1}\\. `, 'm'));
      }),
    );
  });
});

it('an answer is one that WeChat shows, with what was kept, whatever it is', () => {
  const nothing = { text: '\u0000\u001d', marks: [] };
  const bare: Card = { postId: 'id', title: plain('A title'), url: 'https://ex.org', category: [], snippet: nothing };
  const items = fc
    .array(message, { maxLength: 20 })
    .map((all) => all.map((one, at) => ({ number: at + 1, at: new Date(0), message: one })));
  fc.assert(
    fc.property(message, items, fc.constantFrom('none', 'one', 'several'), (said, waiting, pictures) => {
      const kept = renderKept(waiting, say);
      const reply = renderAnswer(said, { ...options, coverOf, sendingLinks: false, pictures, kept });
      if (kept) expect(reply.kind).toBe('text');
      if (reply.kind === 'text' && reply.content.trim() === '') return;
      if (reply.kind === 'news' && reply.articles.some(({ url }) => !url)) return;
      const xml = writeReply(reply, 'reader', 'account', new Date('2026-11-25T08:00:00Z')) ?? '';
      readPassiveAnswer(xml, { reader: 'reader', account: 'account' }, pictures === 'several' ? 8 : 1);
    }),
    // A summary of which nothing can be shown.
    { examples: [[{ text: '', cards: [bare], actions: [] }, [], 'several']] },
  );
});

it('what a robot says fits, whatever it is', () => {
  fc.assert(
    fc.property(message, (said) => {
      const body = robotBody(said, { ...options, coverOf }) as { markdown?: { content: string } };
      if (body.markdown) expect(bytesOf(body.markdown.content)).toBeLessThanOrEqual(4_096);
    }),
  );
});

function boundaryOf(text: string, kept: string): number {
  // White space at the end is trimmed with the cut.
  const next = text.slice(kept.length).search(/\S|$/u);
  return text.slice(kept.length, kept.length + next).trim() === '' && next > 0 ? nearest(text, kept) : kept.length;
}

function nearest(text: string, kept: string): number {
  const indexes = [...new Intl.Segmenter('zh').segment(text)].map(({ index }) => index);
  return indexes.find((index) => index >= kept.length) ?? text.length;
}
