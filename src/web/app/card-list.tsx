import type { Card } from '../../message/card.ts';
import { CardView } from '../chat/card-view.tsx';
import type { Words } from '../words/words.ts';

interface CardListProps {
  readonly cards: readonly Card[];
  readonly words: Words;
  /** The one card is what the view is about, and its picture is large. */
  readonly alone?: true;
}

/** Posts below each other; nothing at all where there are none. */
export function CardList({ cards, words, alone }: CardListProps) {
  if (cards.length === 0) return null;
  return (
    <ol class={alone ? 'cards alone' : 'cards'}>
      {cards.map((card) => (
        <li key={card.postId}>
          <CardView card={card} words={words} />
        </li>
      ))}
    </ol>
  );
}
