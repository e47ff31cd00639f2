import { formatAddress } from '../../subscribers/address.ts';
import type { Language } from '../../subscribers/subscriber.ts';
import { type Html, html } from '../html.ts';
import type { AdminFigures } from './admin-figures.ts';
import { type AdminWords, adminWords } from './admin-words.ts';
import { growthChart } from './growth-chart.ts';

/** What the pages of the dashboard need to know of their surroundings. */
export interface AdminFrame {
  readonly stylesheet: string | undefined;
  readonly language: Language;
}

/**
 * Shown for a one-time link. The link is used up by the button only: mail scanners and link previews open every
 * link that they see, but press nothing.
 */
export function signInPage(token: string, frame: AdminFrame): string {
  const words = adminWords[frame.language];
  const body = html`<form class="alone" method="post" action="/admin/sign-in">
      <h1>${words.signIn}</h1>
      <input type="hidden" name="token" value="${token}">
      <button class="main">${words.signInNow}</button>
    </form>`;
  return adminPage(words.signIn, body, frame);
}

/** For those who are not signed in. */
export function signedOutPage(why: 'no-session' | 'link-used', frame: AdminFrame): string {
  const words = adminWords[frame.language];
  const body = html`<div class="alone">
      <h1>${words.signIn}</h1>
      <p>${why === 'link-used' ? words.linkUsed : words.howToSignIn}</p>
    </div>`;
  return adminPage(words.signIn, body, frame);
}

/** The dashboard. */
export function dashboardPage(figures: AdminFigures, canDecide: boolean, frame: AdminFrame): string {
  const words = adminWords[frame.language];
  const { subscribers } = figures;
  const body = html`<div class="top"><h1>${words.title}</h1><a href="/admin/preview">${words.preview}</a>${button('sign-out', words.signOut)}</div>
    <dl class="figures">
      ${figure(figures.posts, words.posts)}
      ${figure(subscribers.active, words.active)}
      ${figure(subscribers.suspended, words.suspended)}
    </dl>
    ${canDecide && figures.waiting.length > 0 ? waiting(figures, words) : undefined}
    ${section(words.growth, figures.growth.every(({ count }) => count === 0) ? none(words.none.subscribers) : growthChart(figures.growth, { title: words.growth, day: words.day, count: words.active, asTable: words.asTable }))}
    ${
      figures.opened &&
      section(
        words.opened,
        rows(
          figures.opened.map(({ name, count }) => [name, count]),
          words.none.opened,
        ),
      )
    }
    <div class="pair">
      ${section(
        words.wanted,
        rows(
          figures.wanted.map(({ name, count }) => [name ?? words.everything, count]),
          words.none.subscribers,
        ),
      )}
      ${section(
        words.channels,
        rows(
          subscribers.byChannel.map(({ name, count }) => [words.places[name] ?? name, count]),
          words.none.subscribers,
        ),
      )}
    </div>
    <div class="pair">
      ${section(
        words.queries,
        rows(
          figures.queries.map(({ query, count }) => [query, count]),
          words.none.queries,
        ),
      )}
      ${section(
        words.unanswered,
        rows(
          figures.unanswered.map(({ query, count }) => [query, count]),
          words.none.unanswered,
        ),
      )}
    </div>
    ${figures.deliveries && deliveries(figures.deliveries, figures, words)}
    ${section(
      words.problems,
      html`${list(
        figures.problems.map(
          ({ source, line, message }) => `${source}${line === undefined ? '' : `:${line}`} · ${message}`,
        ),
        words.none.problems,
      )}${canDecide ? button('reload', words.reload) : undefined}`,
    )}`;
  return adminPage(words.title, body, frame);
}

function waiting({ waiting: posts }: AdminFigures, words: AdminWords): Html {
  const body = html`${list(
    posts.map(({ title }) => title),
    words.none.waiting,
  )}
      <div class="ways">${button('announce', words.announce, 'main')}${button('discard', words.discard)}</div>`;
  return section(words.waiting, body);
}

function deliveries(
  counts: NonNullable<AdminFigures['deliveries']>,
  { failures }: AdminFigures,
  words: AdminWords,
): Html {
  const states = ['pending', 'sending', 'sent', 'unknown', 'dead'] as const;
  const failed = failures.map(
    ({ address, reason, titles }) => `${formatAddress(address)} · ${titles.join(', ')} · ${reason}`,
  );
  return html`<div class="pair">
      ${section(
        words.deliveries,
        rows(
          states.map((state) => [words.states[state], counts[state]]),
          words.none.failures,
        ),
      )}
      ${section(
        words.failures,
        html`${list(failed, words.none.failures)}${failed.length > 0 ? button('retry', words.retry) : undefined}`,
      )}
    </div>`;
}

function figure(count: number, name: string): Html {
  return html`<div><dt>${name}</dt><dd>${count}</dd></div>`;
}

function section(title: string, body: Html): Html {
  return html`<section class="panel"><h2>${title}</h2>${body}</section>`;
}

/** @param otherwise what is said where there are none */
function rows(entries: readonly (readonly [name: string, count: number])[], otherwise: string): Html {
  if (entries.length === 0) return none(otherwise);
  const most = Math.max(1, ...entries.map(([, count]) => count));
  const row = ([name, count]: readonly [string, number]) =>
    html`<tr><th scope="row">${name}${bar(count / most)}</th><td>${count}</td></tr>`;
  return html`<table class="ranking">${entries.map(row)}</table>`;
}

/** How much of the longest, for the eye: the number stands beside it. */
function bar(share: number): Html {
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width="${(share * 100).toFixed(1)}" height="4"/></svg>`;
}

function list(entries: readonly string[], otherwise: string): Html {
  if (entries.length === 0) return none(otherwise);
  return html`<ul>${entries.map((entry) => html`<li>${entry}</li>`)}</ul>`;
}

/** What stands in place of what there is not yet. */
export function none(sentence: string): Html {
  return html`<p class="none">${sentence}</p>`;
}

function button(action: string, label: string, kind?: string): Html {
  const name = kind === undefined ? undefined : html` class="${kind}"`;
  return html`<form method="post" action="/admin/${action}"><button${name}>${label}</button></form>`;
}

/** A page of the dashboard. */
export function adminPage(title: string, body: Html, { language, stylesheet }: AdminFrame): string {
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>${title} · Postbell</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    ${stylesheet === undefined ? undefined : html`<link rel="stylesheet" href="${stylesheet}">`}
  </head>
  <body>
    <header><a href="/"><img src="/favicon.svg" alt="" width="32" height="32"> Postbell</a></header>
    <main>${body}</main>
  </body>
</html>
`.markup;
}
