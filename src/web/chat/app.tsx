import { useCallback, useEffect, useState } from 'preact/hooks';
import type { CategoryDocument } from '../../server/category-list.ts';
import type { Notifications } from '../push/notifications.ts';
import { NotifyButton, NotifyOffer } from '../push/notify-button.tsx';
import { useNotify } from '../push/use-notify.ts';
import { allWords, type PageLanguage, type Words } from '../words/words.ts';
import type { Api } from './api.ts';
import { BellMark } from './bell-mark.tsx';
import { type Chat, greeting } from './chat.ts';
import { Composer, type Draft } from './composer.tsx';
import { ClearIcon, CloseIcon, FeedIcon } from './icons.tsx';
import { LogView } from './log-view.tsx';
import type { Storage } from './storage.ts';

interface AppProps {
  readonly chat: Chat;
  readonly api: Api;
  readonly notifications: Notifications;
  readonly storage: Storage;
  readonly language: PageLanguage;
  readonly chooseLanguage: (language: PageLanguage) => void;
  /** Puts the chat away, where it stands in a frame. */
  readonly close?: (() => void) | undefined;
}

/** The chat page: the log and the composer, and on wide screens the catalog's categories beside them. */
export function App({ chat, api, notifications, storage, language, chooseLanguage, close }: AppProps) {
  const [state, setState] = useState(chat.state());
  useEffect(() => {
    chat.onChange(() => setState(chat.state()));
    setState(chat.state());
  }, [chat]);
  const [draft, setDraft] = useState<Draft>({ text: '' });
  const words = allWords[language];
  const notify = useNotify({ notifications, chat, storage, words });
  const write = useCallback((text: string) => setDraft({ text }), []);
  /** A command that needs words goes to the composer, to be finished there. */
  const say = (text: string) => {
    const unfinished = words.commands.find(({ typed }) => typed === `${text} `);
    if (unfinished) setDraft({ text: unfinished.typed, offered: true });
    else chat.say(text);
  };
  const clear = () => {
    if (!window.confirm(words.reallyClear)) return;
    chat.clear();
    chat.greet(greeting);
  };

  return (
    <div class={close ? 'page embedded' : 'page'}>
      <header>
        <a class="brand" href="/">
          <BellMark />
          <h1>Postbell</h1>
        </a>
        <p class="tagline">{words.tagline}</p>
        <div class="tools">
          <button
            type="button"
            class="language"
            lang={language === 'zh' ? 'en' : 'zh'}
            onClick={() => chooseLanguage(language === 'zh' ? 'en' : 'zh')}
          >
            {words.otherLanguage}
          </button>
          <NotifyButton state={notify.state} words={words} toggle={notify.toggle} />
          <button type="button" class="clear" aria-label={words.clear} title={words.clear} onClick={clear}>
            <ClearIcon />
          </button>
          {close && (
            <button type="button" class="close" aria-label={words.close} title={words.close} onClick={close}>
              <CloseIcon />
            </button>
          )}
        </div>
      </header>
      {!close && <Shelf api={api} chat={chat} words={words} />}
      <main>
        <LogView chat={chat} state={state} words={words} language={language} say={say}>
          {notify.offered && <NotifyOffer words={words} accept={notify.toggle} decline={notify.decline} />}
        </LogView>
        <div class="foot">
          <fieldset class="quick" aria-label={words.quickReplies}>
            {words.commands
              .filter(({ quick }) => quick)
              .map(({ typed, label }) => (
                <button type="button" key={typed} onClick={() => chat.say(typed)}>
                  {label}
                </button>
              ))}
          </fieldset>
          <Composer words={words} draft={draft} write={write} say={chat.say} />
        </div>
      </main>
    </div>
  );
}

/** What there is to read: the categories with their counts, and the feeds. */
function Shelf({ api, chat, words }: { readonly api: Api; readonly chat: Chat; readonly words: Words }) {
  const [categories, setCategories] = useState<readonly CategoryDocument[]>([]);
  useEffect(() => {
    void api.categories().then(setCategories);
  }, [api]);
  return (
    <aside aria-label={words.categories}>
      <h2>{words.categories}</h2>
      <ul>
        {categories.map(({ name, count }) => (
          <li key={name}>
            <button
              type="button"
              onClick={() => void chat.press({ name: 'category', argument: name, page: 0 }, { label: name })}
            >
              <span>{name}</span>
              <span class="count">{count}</span>
            </button>
            <a
              class="category-feed"
              href={`/feed.xml?category=${encodeURIComponent(name)}`}
              aria-label={`${words.follow}: ${name}`}
              title={words.follow}
            >
              <FeedIcon />
            </a>
          </li>
        ))}
      </ul>
      <p class="feeds">
        <FeedIcon />
        {words.follow} <a href="/feed.xml">Atom</a> <a href="/feed.json">JSON</a>
      </p>
    </aside>
  );
}
