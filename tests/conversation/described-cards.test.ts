import type { Conversation } from '../../src/conversation/conversation.ts';
import { describedConversation } from '../../src/conversation/described-cards.ts';
import { type Card, plain } from '../../src/message/card.ts';

const card = (postId: string, snippet: string): Card => ({
  postId,
  title: plain(postId),
  url: `https://blog.example/${postId}`,
  category: [],
  snippet: plain(snippet),
});

const conversation: Conversation = {
  answer: async () => ({
    text: '',
    cards: [card('own', 'Its own words.'), card('bare', ''), card('unknown', '')],
    actions: [],
  }),
};

it('a card without a snippet says what its page says of itself, tidied; others keep their words', async () => {
  const descriptions = new Map([
    ['own', 'never used'],
    ['bare', `  Read\n this.\u0000 ${'x'.repeat(300)}`],
  ]);
  const { cards } = await describedConversation(conversation, (id) => descriptions.get(id)).answer(
    { address: { channel: 'web', chat: 'a' }, place: 'private', mayManage: true, input: { text: 'x' } },
    new AbortController().signal,
  );
  expect(cards.map(({ snippet }) => snippet.text)).toEqual([
    'Its own words.',
    expect.stringMatching(/^Read this\. x+…$/),
    '',
  ]);
  expect([...(cards[1]?.snippet.text ?? '')]).toHaveLength(160);
});
