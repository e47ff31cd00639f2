import { render } from 'preact';
import { createStorage } from '../chat/storage.ts';
import { visitorSecret } from '../chat/visitor.ts';
import { allWords, browserLanguage } from '../words/words.ts';
import { App } from './app.tsx';
import { createLibrary } from './library.ts';
import { startingPlace } from './starting-place.ts';
import { surroundingTelegram } from './telegram.ts';
import { wearTheme } from './wear-theme.ts';

// Within Telegram it is Telegram that says who this is; in a browser it is the visitor of the chat.
const telegram = surroundingTelegram();
const language = browserLanguage(navigator.languages);
const authorization = telegram ? `tma ${telegram.initData}` : `Bearer ${visitorSecret(createStorage())}`;
const library = createLibrary(authorization, () => language);

document.documentElement.lang = language;
telegram?.onTheme(wearTheme);
const root = document.getElementById('app');
if (root) {
  const place = startingPlace(new URLSearchParams(window.location.search), telegram?.startParameter ?? '');
  render(<App library={library} words={allWords[language]} telegram={telegram} place={place} />, root);
}
telegram?.ready();

if (telegram) {
  // Telegram opens articles above the page; a new tab there would be an app of its own.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="http"]') : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    telegram.openLink(link.href);
  });
}
