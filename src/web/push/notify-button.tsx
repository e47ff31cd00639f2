import { useEffect, useState } from 'preact/hooks';
import { BellIcon, BellRingingIcon } from '../chat/icons.tsx';
import type { Words } from '../words/words.ts';
import type { NotificationState, Notifications } from './notifications.ts';

export function useNotificationState(notifications: Notifications): NotificationState {
  const [state, setState] = useState(notifications.state());
  useEffect(() => {
    notifications.onChange(() => setState(notifications.state()));
    setState(notifications.state());
  }, [notifications]);
  return state;
}

/** Switches notifications on and off. Nothing is asked of the reader before it is pressed. */
export function NotifyButton({
  state,
  words,
  toggle,
}: {
  readonly state: NotificationState;
  readonly words: Words;
  readonly toggle: () => void;
}) {
  if (state === 'impossible') return null;
  return (
    <button
      type="button"
      class={state === 'on' ? 'notify on' : 'notify'}
      aria-label={words.notify}
      title={state === 'on' ? words.notifyIsOn : words.notify}
      aria-pressed={state === 'on'}
      onClick={toggle}
    >
      {state === 'on' ? <BellRingingIcon /> : <BellIcon />}
    </button>
  );
}

/** Offered once someone has subscribed, below what was said; gone for good when it is put away. */
export function NotifyOffer({
  words,
  accept,
  decline,
}: {
  readonly words: Words;
  readonly accept: () => void;
  readonly decline: () => void;
}) {
  return (
    <section class="offer" aria-label={words.notify}>
      <p>{words.notifyOffer}</p>
      <div>
        <button type="button" class="action accept" onClick={accept}>
          {words.notify}
        </button>
        <button type="button" class="action" onClick={decline}>
          {words.notNow}
        </button>
      </div>
    </section>
  );
}
