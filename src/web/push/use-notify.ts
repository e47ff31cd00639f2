import { useEffect, useState } from 'preact/hooks';
import type { Input } from '../chat/api.ts';
import type { Chat } from '../chat/chat.ts';
import type { Storage } from '../chat/storage.ts';
import type { Words } from '../words/words.ts';
import type { Notifications } from './notifications.ts';
import { useNotificationState } from './notify-button.tsx';

const declinedKey = 'postbell.notify-declined';

/** What the page shows of notifications, and what its presses do. */
export function useNotify(parts: {
  readonly notifications: Notifications;
  readonly chat: Chat;
  readonly storage: Storage;
  readonly words: Words;
}) {
  const { notifications, chat, storage, words } = parts;
  const state = useNotificationState(notifications);
  const [subscribed, setSubscribed] = useState(false);
  const [declined, setDeclined] = useState(storage.get(declinedKey) === 'yes');

  useEffect(() => {
    void notifications.reconcile();
    chat.onAnswer((input) => {
      if (changesSubscriptions(input)) void notifications.reconcile();
      if (subscribes(input)) setSubscribed(true);
    });
  }, [notifications, chat]);

  const switchOn = async () => {
    setSubscribed(false);
    if (state === 'home-screen') return chat.note('homeScreen');
    let result = await notifications.switchOn();
    if (result === 'no-subscription') {
      // Whoever wants to be notified wants the posts: everything, until they choose.
      await chat.press({ name: 'subscribe', argument: '', page: 0 }, { label: words.notify });
      result = await notifications.switchOn();
    }
    chat.note(result === 'on' ? 'notifyOn' : result === 'blocked' ? 'notifyBlocked' : 'notifyFailed');
  };
  const switchOff = async () => {
    await notifications.switchOff();
    chat.note('notifyOff');
  };
  const decline = () => {
    storage.put(declinedKey, 'yes');
    setDeclined(true);
  };
  return {
    state,
    offered: subscribed && !declined && (state === 'off' || state === 'home-screen'),
    toggle: () => void (state === 'on' ? switchOff() : switchOn()),
    decline,
  };
}

function wordsOf(input: Input): string {
  return 'text' in input ? input.text : `/${input.command.name}`;
}

function subscribes(input: Input): boolean {
  return /^\s*\/?(subscribe\b|订阅)/i.test(wordsOf(input));
}

function changesSubscriptions(input: Input): boolean {
  return /subscri|订阅|退订/i.test(wordsOf(input));
}
