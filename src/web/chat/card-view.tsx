import type { Card } from '../../message/card.ts';
import type { Words } from '../words/words.ts';
import { MarkedText } from './marked-text.tsx';

/** A post: where it belongs, its title that opens the article, and the words that answer. */
export function CardView({
  card,
  rank,
  words,
}: {
  readonly card: Card;
  readonly rank?: number;
  readonly words: Words;
}) {
  return (
    <article class="card">
      {card.cover && <img class="cover" src={card.cover} alt="" loading="lazy" referrerpolicy="no-referrer" />}
      <div class="card-body">
        <p class="card-place">
          {rank !== undefined && <span class="rank">{rank}</span>}
          {card.category.length > 0 && <span class="category">{card.category.join(' / ')}</span>}
          {card.date && <time dateTime={card.date}>{card.date.slice(0, 10)}</time>}
        </p>
        <h2>
          {card.url ? (
            <a href={card.url} target="_blank" rel="noopener noreferrer">
              <MarkedText {...card.title} />
              <span class="unseen"> {words.opensInNewTab}</span>
            </a>
          ) : (
            <MarkedText {...card.title} />
          )}
        </h2>
        {card.snippet.text && (
          <p class="snippet">
            <MarkedText {...card.snippet} />
          </p>
        )}
      </div>
    </article>
  );
}
