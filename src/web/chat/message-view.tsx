import type { Command } from '../../message/command.ts';
import type { Action, Message, Page } from '../../message/message.ts';
import type { Words } from '../words/words.ts';
import { CardView } from './card-view.tsx';
import { NextIcon, PreviousIcon } from './icons.tsx';
import { SpokenText } from './spoken-text.tsx';

interface Pressing {
  readonly words: Words;
  /** While an answer that replaces this message is awaited, nothing in it can be pressed. */
  readonly busy: boolean;
  readonly say: (text: string) => void;
  readonly press: (command: Command, label: string | undefined) => void;
}

/** What the bot says, from top to bottom: sentence, cards, footer, buttons, pages. */
export function MessageView({ message, ...pressing }: { readonly message: Message } & Pressing) {
  const { words, busy, say } = pressing;
  return (
    <div class={busy ? 'message busy' : 'message'} aria-busy={busy}>
      {message.text && (
        <div class="bubble">
          <SpokenText text={message.text} say={say} />
        </div>
      )}
      {message.cards.length > 0 && (
        <ol class={message.cards.length === 1 ? 'cards alone' : 'cards'}>
          {message.cards.map((card, at) => (
            <li key={card.postId}>
              <CardView
                card={card}
                words={words}
                {...(message.firstRank !== undefined && { rank: message.firstRank + at })}
              />
            </li>
          ))}
        </ol>
      )}
      {message.page && message.page.count > 1 && <Pager page={message.page} {...pressing} />}
      {message.footer && (
        <div class="footer">
          <SpokenText text={message.footer} say={say} />
        </div>
      )}
      {message.actions.length > 0 && (
        <div class="actions">
          {message.actions.flat().map((action, at) => (
            <ActionButton key={`${at} ${action.label}`} action={action} {...pressing} />
          ))}
        </div>
      )}
    </div>
  );
}

function ActionButton({ action, busy, press, words }: { readonly action: Action } & Pressing) {
  if ('url' in action) {
    return (
      <a class="action" href={action.url} target="_blank" rel="noopener noreferrer">
        {action.label}
        <span class="unseen"> {words.opensInNewTab}</span>
      </a>
    );
  }
  return (
    <button
      type="button"
      class="action"
      aria-disabled={busy}
      onClick={() => busy || press(action.command, action.inPlace ? undefined : action.label)}
    >
      {action.label}
    </button>
  );
}

/** Pages replace each other in place. A button at the end stays, so that the keyboard's focus does. */
function Pager({ page, busy, press, words }: { readonly page: Page } & Pressing) {
  const step = (command: Command | undefined) => {
    if (command && !busy) press(command, undefined);
  };
  return (
    <nav class="pager" aria-label={words.page(page.index + 1, page.count)}>
      <button
        type="button"
        aria-label={words.previousPage}
        aria-disabled={busy || !page.previous}
        onClick={() => step(page.previous)}
      >
        <PreviousIcon />
      </button>
      <span>
        {page.index + 1} / {page.count}
      </span>
      <button
        type="button"
        aria-label={words.nextPage}
        aria-disabled={busy || !page.next}
        onClick={() => step(page.next)}
      >
        <NextIcon />
      </button>
    </nav>
  );
}
