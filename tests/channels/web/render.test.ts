import fc from 'fast-check';
import { render } from '../../../src/channels/web/render.ts';
import { type Card, plain } from '../../../src/message/card.ts';
import type { Action, Message } from '../../../src/message/message.ts';

const card = (url: string, cover?: string): Card => ({
  postId: 'a',
  title: plain('<b>Title</b>'),
  url,
  category: [],
  snippet: plain(''),
  ...(cover !== undefined && { cover }),
});
const message = (parts: Partial<Message>): Message => ({ text: '', cards: [], actions: [], ...parts });

const urls = fc.oneof(
  fc.webUrl(),
  fc.string(),
  fc.constantFrom(
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'vbscript:x',
    '//evil.example',
    '/p/1',
    '',
  ),
);
const isHttp = (url: string) => /^https?:\/\//i.test(url);

describe('a message on its way to the page', () => {
  it('opens nothing but http and https', () => {
    fc.assert(
      fc.property(urls, urls, urls, (link, cover, button) => {
        const { cards, actions } = render(
          message({ cards: [card(link, cover)], actions: [[{ label: 'open', url: button }]] }),
        );
        const opened = [
          ...cards.flatMap((shown) => [shown.url, shown.cover ?? '']).filter((url) => url !== ''),
          ...actions.flat().map((action) => ('url' in action ? action.url : '')),
        ];
        expect(opened.map((url) => new URL(url).protocol).filter((protocol) => !/^https?:$/.test(protocol))).toEqual(
          [],
        );
      }),
    );
  });

  it('keeps every http link as it is', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        expect(isHttp(url)).toBe(true);
        expect(render(message({ cards: [card(url, url)] })).cards).toEqual([card(url, url)]);
      }),
    );
  });

  it('shows the picture of our own server where the source names none', () => {
    const path = () => '/covers/a.jpg';
    expect(render(message({ cards: [card('https://x.example')] }), path).cards[0]?.cover).toBe('/covers/a.jpg');
    const own = card('https://x.example', 'https://x.example/own.jpg');
    expect(render(message({ cards: [own] }), path).cards[0]?.cover).toBe('https://x.example/own.jpg');
  });

  it('keeps the title of a card whose link it takes away', () => {
    const [shown] = render(message({ cards: [card('javascript:alert(1)')] })).cards;
    expect(shown).toMatchObject({ title: plain('<b>Title</b>'), url: '' });
  });

  it('keeps buttons that do commands', () => {
    const action: Action = { label: 'Latest', command: { name: 'latest', argument: '', page: 0 }, inPlace: false };
    const { actions } = render(message({ actions: [[{ label: 'bad', url: 'javascript:x' }], [action]] }));
    expect(actions).toEqual([[action]]);
  });
});
