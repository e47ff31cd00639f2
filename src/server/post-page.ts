import { categoryName, type Post } from '../posts/post.ts';
import type { Language } from '../subscribers/subscriber.ts';
import { type Html, html } from './html.ts';
import { pageWords } from './page-words.ts';

/** What the pages need to know of their surroundings. */
export interface PageFrame {
  /** Where the reader reaches us, without a slash at the end. */
  readonly base: string;
  /** Path of the stylesheet; undefined where the front end is not built. */
  readonly stylesheet: string | undefined;
  readonly language: Language;
}

/** An absolute address of a picture, with its size in pixels. */
export interface Picture {
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
}

/** Characters of the summary that link previews show. */
const descriptionLength = 200;

/** A page about one post, so that a link to it looks right wherever it is shared: Open Graph (ogp.me) and a real picture. */
export function postPage(
  post: Post,
  relatives: readonly Post[],
  picture: Picture | undefined,
  frame: PageFrame,
): string {
  const words = pageWords[frame.language];
  const url = `${frame.base}${pathOf(post)}`;
  const head = html`
    <link rel="canonical" href="${url}">
    <meta name="description" content="${descriptionOf(post)}">
    <meta property="og:type" content="article">
    <meta property="og:site_name" content="Postbell">
    <meta property="og:url" content="${url}">
    <meta property="og:title" content="${post.title}">
    <meta property="og:description" content="${descriptionOf(post)}">
    ${picture && pictureTags(picture)}
    ${post.date === undefined ? undefined : html`<meta property="article:published_time" content="${post.date}">`}`;
  const body = html`
    <article>
      <p class="place">${placeOf(post)}</p>
      <h1>${post.title}</h1>
      ${picture && html`<img class="picture" src="${picture.url}" alt="">`}
      <div class="summary">${paragraphs(post.summary)}</div>
      <p class="ways">
        ${linkTo(post.url, words.read, 'read')}
        <a href="/?post=${encodeURIComponent(post.id)}">${words.ask}</a>
      </p>
      ${linkList(
        words.links,
        post.links.map(({ title, url: link }) => linkTo(link, title)),
      )}
    </article>
    ${linkList(
      words.relatives,
      relatives.map((one) => html`<a href="${pathOf(one)}">${one.title}</a>`),
    )}`;
  return page(post.title, head, body, frame);
}

/** For links to posts that are no more, and to whatever never was. */
export function unknownPage(what: 'post' | 'page', frame: PageFrame): string {
  const words = pageWords[frame.language];
  const unknown = what === 'post' ? words.unknownPost : words.unknownPage;
  const body = html`
    <article>
      <h1>${unknown}</h1>
      <p class="ways"><a class="read" href="/">${words.toChat}</a></p>
    </article>`;
  return page(unknown, html`<meta name="robots" content="noindex">`, body, frame);
}

/** The path of a post's page. */
export function pathOf({ id }: Post): string {
  return `/p/${encodeURIComponent(id)}`;
}

function page(title: string, head: Html, body: Html, { language, stylesheet }: PageFrame): string {
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} · Postbell</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="alternate" href="/feed.xml" type="application/atom+xml" title="Postbell (Atom)">
    ${stylesheet === undefined ? undefined : html`<link rel="stylesheet" href="${stylesheet}">`}${head}
  </head>
  <body>
    <header><a href="/"><img src="/favicon.svg" alt="" width="32" height="32"> Postbell</a></header>
    <main>${body}
    </main>
  </body>
</html>
`.markup;
}

function pictureTags({ url, width, height }: Picture): Html {
  return html`<meta property="og:image" content="${url}">
    ${width === undefined ? undefined : html`<meta property="og:image:width" content="${width}">`}
    ${height === undefined ? undefined : html`<meta property="og:image:height" content="${height}">`}
    <meta name="twitter:card" content="summary_large_image">`;
}

function descriptionOf({ summary, title }: Post): string {
  const text = (summary || title).replace(/\s+/g, ' ').trim();
  const letters = [...text];
  return letters.length > descriptionLength ? `${letters.slice(0, descriptionLength - 1).join('')}…` : text;
}

/** A date is not broken at its hyphens. */
function placeOf({ category, date }: Post): Html {
  const name = categoryName(category);
  if (date === undefined) return html`${name}`;
  return html`${name}${name && ' · '}<time datetime="${date}">${date.slice(0, 10)}</time>`;
}

function paragraphs(text: string): Html[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => html`<p>${line}</p>`);
}

/** A link out; its text alone where the address is no web page. */
function linkTo(url: string, text: string, kind?: string): Html {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return html`<span>${text}</span>`;
  const name = kind === undefined ? undefined : html`class="${kind}" `;
  return html`<a ${name}href="${url}" rel="noopener">${text}</a>`;
}

function linkList(title: string, links: readonly Html[]): Html | undefined {
  if (links.length === 0) return undefined;
  return html`<section>
      <h2>${title}</h2>
      <ul>${links.map((link) => html`<li>${link}</li>`)}</ul>
    </section>`;
}
