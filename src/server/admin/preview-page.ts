import type { Post } from '../../posts/post.ts';
import { type Html, html } from '../html.ts';
import { type AdminFrame, adminPage, none } from './admin-page.ts';
import { adminWords } from './admin-words.ts';
import type { CardPreview } from './card-previews.ts';

/** Posts that can be chosen from: the first of the catalog. */
const mostChoices = 200;

/** How the announcement of a post looks in each place; another one can be chosen. */
export function previewPage(
  posts: readonly Post[],
  shown: Post | undefined,
  previews: readonly CardPreview[],
  frame: AdminFrame,
): string {
  const words = adminWords[frame.language];
  const option = ({ id, title }: Post) =>
    id === shown?.id
      ? html`<option value="${id}" selected>${title}</option>`
      : html`<option value="${id}">${title}</option>`;
  const body = html`<div class="top"><h1>${words.preview}</h1><a href="/admin">${words.title}</a></div>
    ${
      shown === undefined
        ? none(words.none.posts)
        : html`<form class="choose" method="get" action="/admin/preview">
      <label for="post">${words.post}</label>
      <select id="post" name="post">${posts.slice(0, mostChoices).map(option)}</select>
      <button>${words.show}</button>
    </form>`
    }
    <div class="previews">${previews.map((preview) => panel(preview, words.places[preview.place]))}</div>`;
  return adminPage(words.preview, body, frame);
}

function panel({ picture, lines, buttons }: CardPreview, place: string): Html {
  const line = ({ text, strong }: CardPreview['lines'][number]) =>
    strong ? html`<p><strong>${text}</strong></p>` : html`<p>${text}</p>`;
  return html`<section>
      <h2>${place}</h2>
      <div class="shown">
        ${picture === undefined ? undefined : html`<img src="${picture}" alt="">`}
        ${lines.filter(({ text }) => text.trim() !== '').map(line)}
      </div>
      ${buttons.length === 0 ? undefined : html`<p class="buttons">${buttons.map((label) => html`<span>${label}</span>`)}</p>`}
    </section>`;
}
