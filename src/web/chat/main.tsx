import { render } from 'preact';
import { createNotifications } from '../push/notifications.ts';
import { browserLanguage, type PageLanguage } from '../words/words.ts';
import { createApi } from './api.ts';
import { App } from './app.tsx';
import { createChat, greeting } from './chat.ts';
import { closeFrame } from './embedding.ts';
import { listen } from './event-stream.ts';
import { createHistory } from './history.ts';
import { createStorage } from './storage.ts';
import { forgetVisitor, visitorSecret } from './visitor.ts';

const languageKey = 'postbell.language';

const storage = createStorage();
const visitor = visitorSecret(storage);
const api = createApi(visitor);
const notifications = createNotifications(visitor);
const history = createHistory(storage);
let language = chosenLanguage();
const chat = createChat({
  api,
  history,
  language: () => language,
  forgotten: () => {
    forgetVisitor(storage);
    window.location.reload();
  },
});

show();
open();
void hear();
keepAboveKeyboard();
if (closeFrame) closeOnEscape(closeFrame);

function show(): void {
  document.documentElement.lang = language;
  const root = document.getElementById('app');
  if (!root) return;
  const parts = { chat, api, notifications, storage, language, chooseLanguage, close: closeFrame };
  render(<App {...parts} />, root);
}

function chosenLanguage(): PageLanguage {
  const chosen = storage.get(languageKey);
  return chosen === 'zh' || chosen === 'en' ? chosen : browserLanguage(navigator.languages);
}

function chooseLanguage(next: PageLanguage): void {
  language = next;
  storage.put(languageKey, next);
  show();
}

/**
 * Shows what the link asks for: `?q=` what answers some words, `?post=` a post. Whoever makes a link is not the one who
 * follows it, so that words are only ever searched for, `/forget` too. Then the address is plain: a reload asks nothing.
 */
function open(): void {
  const link = new URLSearchParams(window.location.search);
  const question = link.get('q')?.trim();
  const post = link.get('post')?.trim();
  if (question || post) window.history.replaceState(null, '', window.location.pathname);
  if (question) void chat.press({ name: 'search', argument: question, page: 0 }, { label: question });
  else if (post) chat.greet({ name: 'post', argument: post, page: 0 });
  else if (chat.state().entries.length === 0) chat.greet(greeting);
}

/**
 * One tab of a browser listens for all, since browsers allow a site few open connections; the others
 * see what it writes into the history. Without locks (plain http) each tab listens for itself.
 */
async function hear(): Promise<void> {
  const listening = () =>
    listen(visitor, history.lastHeard, (announcement) => {
      chat.announce(announcement);
      ring();
    });
  // Frames on other sites have locks, but may not use them.
  if (navigator.locks) await navigator.locks.request('postbell.listen', listening).catch(listening);
  else await listening();
}

/** Tells in the tab's title of what came while another tab was looked at. */
function ring(): void {
  if (!document.hidden) return;
  document.title = '🔔 Postbell';
  document.addEventListener(
    'visibilitychange',
    () => {
      document.title = 'Postbell';
    },
    { once: true },
  );
}

/** Unless the key was for something in the chat, such as the offered commands. */
function closeOnEscape(close: () => void): void {
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) close();
  });
}

/** On phones the keyboard covers the page; the height that is left is what the layout goes by. */
function keepAboveKeyboard(): void {
  const viewport = window.visualViewport;
  viewport?.addEventListener('resize', () => {
    // Zooming in makes what is seen smaller too, and must not squeeze the page.
    const height = viewport.height * viewport.scale;
    document.documentElement.style.setProperty('--height', `${height}px`);
  });
}
