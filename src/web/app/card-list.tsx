import type { Card } from '../../message/card.ts';
import { CardView } from '../chat/card-view.tsx';
import type { Words } from '../words/words.ts';

/** Posts below each other; nothing at all where there are none. */
export function CardList({ cards, words }: { readonly cards: readonly Card[]; readonly words: Words }) {
  if (cards.length === 0) return null;
  return (
    <ol class="cards">
      {cards.map((card) => (
        <li key={card.postId}>
          <CardView card={card} words={words} />
        </li>
      ))}
    </ol>
  );
}
