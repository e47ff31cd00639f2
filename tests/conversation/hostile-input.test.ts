import fc from 'fast-check';
import { type CommandName, commandNames } from '../../src/message/command.ts';
import type { Message } from '../../src/message/message.ts';
import type { Post } from '../../src/posts/post.ts';
import { createConversationWorld, reader, somePosts } from '../support/conversation-world.ts';
import { makePost } from '../support/make-post.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    'lora',
    '大语言模型',
    '*',
    'only *',
    'only',
    '2',
    '99',
    '-1',
    '😀'.repeat(210),
    '\u202egpj',
    '\u001b[31mred',
  ),
);

const anyPost: fc.Arbitrary<Post> = fc
  .record({
    title: anyText,
    summary: anyText,
    category: fc.array(anyText, { maxLength: 3 }),
    date: fc.option(fc.constantFrom('2024-05-01', '2099-01-01', 'yesterday', ''), { nil: undefined }),
  })
  .map(({ date, ...post }) =>
    makePost({ ...post, title: post.title.replace(/\p{Surrogate}/gu, ''), ...(date !== undefined && { date }) }),
  );

const place = fc.constantFrom('private', 'group', 'channel');
const language = fc.constantFrom('zh', 'en');

describe('whatever is sent', () => {
  it('gets exactly one message that every platform can show', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPost, { maxLength: 12 }),
        fc.array(fc.tuple(fc.constantFrom<CommandName>(...commandNames), anyText, fc.integer()), {
          minLength: 1,
          maxLength: 5,
        }),
        place,
        language,
        fc.boolean(),
        async (posts, commands, where, spoken, mayManage) => {
          const world = createConversationWorld({ posts: [...somePosts, ...posts] });
          const who = { place: where, language: spoken, mayManage } as const;
          for (const [name, argument, page] of commands) {
            expectShowable(await world.ask(`/${name} ${argument}`, who));
            expectShowable(await world.ask(argument, { ...who, bareWords: true }));
            expectShowable(
              await world.conversation.answer(
                { address: reader, ...who, input: { command: { name, argument, page } } },
                new AbortController().signal,
              ),
            );
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('can be done again with every button that an answer shows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...commandNames), anyText, language, async (name, argument, spoken) => {
        const world = createConversationWorld();
        const answer = await world.ask(`/${name} ${argument}`, { language: spoken });
        for (const action of answer.actions.flat()) {
          if (!('command' in action)) continue;
          const pressed = await world.ask(`/${action.command.name} ${action.command.argument}`, { language: spoken });
          expectShowable(pressed);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('answers a megabyte as it answers a page', async () => {
    const world = createConversationWorld();
    for (const unit of ['a', ' ', '/', '(', '\u202e', '😀', 'only ']) {
      expectShowable(await world.ask(unit.repeat(1_000_000 / unit.length)));
      expectShowable(await world.ask(`/subscribe ${unit.repeat(1_000_000 / unit.length)}`));
    }
  });

  it('is not answered once the process is told to end', async () => {
    const { conversation } = createConversationWorld();
    const incoming = { address: reader, place: 'private', mayManage: true, input: { text: 'LoRA' } } as const;
    await expect(conversation.answer(incoming, AbortSignal.abort())).rejects.toThrow();
  });
});

/** The bounds that hold on every platform: words, cards and buttons within what Telegram and WeChat take. */
function expectShowable(message: Message): void {
  const texts = [message.text, message.footer ?? '', ...message.actions.flat().map(({ label }) => label)];
  for (const text of texts) {
    // Line breaks are ours; anything else that is hidden came from outside.
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Control}\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u);
    expect(text).not.toMatch(/\{ *\$|undefined|\[object/);
  }
  expect(message.text.trim()).not.toBe('');
  expect(message.text.length).toBeLessThan(4_000);
  expect(message.cards.length).toBeLessThanOrEqual(5);
  for (const { title, snippet } of message.cards) {
    expect(title.text.trim()).not.toBe('');
    expect([...title.text].length).toBeLessThanOrEqual(202);
    expect(snippet.text.length).toBeLessThanOrEqual(250);
    for (const { text, marks } of [title, snippet]) {
      expect(text).not.toMatch(/[\p{Control}\p{Surrogate}\u202a-\u202e]/u);
      let end = 0;
      for (const mark of marks) {
        expect(mark.start).toBeGreaterThanOrEqual(end);
        expect(mark.end).toBeGreaterThan(mark.start);
        end = mark.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }
  }
  expect(message.actions.flat().length).toBeLessThanOrEqual(100);
  for (const row of message.actions) expect(row).not.toEqual([]);
  for (const { label } of message.actions.flat()) {
    expect(label.trim()).not.toBe('');
    expect([...label].length).toBeLessThanOrEqual(60);
  }
  if (message.page) expect(message.page.index).toBeLessThan(message.page.count);
}
