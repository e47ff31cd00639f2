import { createAnnouncementComposer } from '../../src/conversation/compose-announcement.ts';
import { loadPhrases } from '../../src/conversation/phrases/phrases.ts';
import type { Subscription } from '../../src/subscribers/subscriber.ts';
import { createConversationWorld, reader } from '../support/conversation-world.ts';
import { makePost } from '../support/make-post.ts';

const compose = createAnnouncementComposer({ phrases: loadPhrases(), defaultLanguage: 'zh' });
const lora: Subscription = { kind: 'query', query: 'LoRA' };
const llm: Subscription = { kind: 'category', category: 'LLM' };
const everything: Subscription = { kind: 'everything' };
const posts = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    makePost({ title: `Post ${at + 1}`, category: ['LLM'], summary: 'Words. '.repeat(50) }),
  );

describe('an announcement', () => {
  it('of one post shows its card and the subscription that brought it', () => {
    const post = makePost({ title: 'LoRA at last', category: ['LLM'], summary: 'Small adapters.', date: '2026-11-25' });
    expect(compose({ posts: [post], matched: [lora], language: 'en', digest: false })).toEqual({
      text: '🔔 A new post',
      introduces: true,
      cards: [
        {
          postId: post.id,
          title: { text: 'LoRA at last', marks: [] },
          url: post.url,
          category: ['LLM'],
          snippet: { text: 'Small adapters.', marks: [] },
          date: '2026-11-25',
        },
      ],
      footer: 'You subscribed to posts on “LoRA”.',
      actions: [
        [{ label: '🔕 Unsubscribe', command: { name: 'unsubscribe', argument: 'LoRA', page: 0 }, inPlace: false }],
      ],
    });
  });

  it.each([lora, llm, everything])('ends %j at the press of its button', async (subscription) => {
    const world = createConversationWorld();
    await world.book.change(reader, () => ({
      address: reader,
      subscriptions: [subscription, { kind: 'query', query: 'stays' }],
      state: 'active',
      since: new Date(0),
    }));
    await world.press(
      compose({ posts: posts(1), matched: [subscription], language: 'en', digest: false }),
      'Unsubscribe',
    );
    expect((await world.book.find(reader))?.subscriptions).toEqual([{ kind: 'query', query: 'stays' }]);
  });

  it('names every reason, and leads to the list where there are several', () => {
    const news = compose({ posts: posts(1), matched: [llm, lora], language: 'en', digest: false });
    expect(news.footer).toBe('You subscribed to category “LLM”, posts on “LoRA”.');
    expect(news.actions.flat().map(({ label }) => label)).toEqual(['My subscriptions']);
  });

  it('counts reasons beyond three', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((query): Subscription => ({ kind: 'query', query }));
    const news = compose({ posts: posts(1), matched: many, language: 'en', digest: false });
    expect(news.footer).toBe('You subscribed to posts on “a”, posts on “b”, posts on “c” and 2 more.');
  });

  it('of several posts is one digest', () => {
    const news = compose({ posts: posts(3), matched: [everything], language: 'en', digest: true });
    expect(news.text).toBe('🔔 3 new posts');
    expect(news.cards.map(({ title }) => title.text)).toEqual(['Post 1', 'Post 2', 'Post 3']);
  });

  it('of many posts keeps to titles, and of very many says how many more there are', () => {
    const ten = compose({ posts: posts(10), matched: [everything], language: 'en', digest: true });
    const hundred = compose({ posts: posts(100), matched: [everything], language: 'en', digest: true });

    expect(ten.cards.every(({ snippet }) => snippet.text === '')).toBe(true);
    expect(hundred.cards).toHaveLength(40);
    expect(hundred.footer).toContain('60 more');
  });

  it('speaks the configured language to those whose own is unknown', () => {
    expect(compose({ posts: posts(1), matched: [everything], digest: false }).text).toBe('🔔 新文章');
  });
});
