import type { Entity } from '../telegram-html.ts';
import type { BotMessage } from '../world.ts';
import type { Headings } from './headings.ts';

/** What a person said or did, and what the bot showed, under a heading. */
export interface View {
  readonly heading: string;
  readonly said: string;
  readonly shown?: BotMessage;
  /** What an inline query offers, in place of a message. */
  readonly offers?: readonly Offer[];
  /** Addresses of pictures beside those of previews. */
  readonly pictures?: readonly string[];
}

interface Offer {
  readonly title: string;
  readonly description: string;
  readonly picture?: string;
}

/** Pictures by their addresses, as data urls. */
export type Pictures = ReadonlyMap<string, string>;

/** A page that shows messages as a Telegram client does, from what the server has kept of them. */
export function viewsPage(
  views: readonly View[],
  pictures: Pictures,
  language: string,
  { page, note }: Headings,
): string {
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${page}</title>
<style>${style}</style>
<h1>${page}</h1>
<p class="note">${note}</p>
<main>${views.map((view) => viewOf(view, pictures)).join('')}</main>
</html>
`;
}

function viewOf({ heading, said, shown, offers }: View, pictures: Pictures): string {
  return `<section><h2>${escapeText(heading)}</h2>${said === '' ? '' : `<div class="said">${escapeText(said)}</div>`}
${offers ? `<div class="offers">${offers.map((offer) => offerOf(offer, pictures)).join('')}</div>` : ''}
${shown ? messageOf(shown, pictures) : ''}</section>`;
}

function messageOf(shown: BotMessage, pictures: Pictures): string {
  const preview = previewOf(shown, pictures);
  const text = `<div class="text">${marked(shown.text, shown.entities)}</div>`;
  const above = isPreview(shown.preview) && shown.preview.show_above_text === true;
  const wide = preview !== '' || shown.keyboard.length > 0 ? ' wide' : '';
  return `<div class="shown${wide}">${above ? preview + text : text + preview}</div>${keyboardOf(shown)}`;
}

function offerOf({ title, description, picture }: Offer, pictures: Pictures): string {
  const image = pictures.get(picture ?? '');
  return `<div class="offer">${image ? `<img src="${image}" alt="">` : '<span class="blank"></span>'}
<div><b>${escapeText(title)}</b><p>${escapeText(description)}</p></div></div>`;
}

interface Preview {
  readonly url: string;
  readonly show_above_text?: boolean;
}

const isPreview = (value: unknown): value is Preview => typeof value === 'object' && value !== null && 'url' in value;

function previewOf({ preview }: BotMessage, pictures: Pictures): string {
  if (!isPreview(preview)) return '';
  const picture = pictures.get(preview.url);
  return picture
    ? `<img class="cover" src="${picture}" alt="">`
    : `<div class="preview">preview of ${escapeText(new URL(preview.url).hostname)}</div>`;
}

function keyboardOf({ keyboard }: BotMessage): string {
  const rows = keyboard.map(
    (row) =>
      `<div class="row">${row.map(({ text, url }) => `<span>${escapeText(text)}${url ? '<i>↗</i>' : ''}</span>`).join('')}</div>`,
  );
  return rows.length === 0 ? '' : `<div class="keyboard">${rows.join('')}</div>`;
}

const tags: Readonly<Record<string, string>> = {
  bold: 'b',
  italic: 'i',
  code: 'code',
  text_link: 'a',
  blockquote: 'blockquote',
};

/** Entities nest and never cross, so opening outer ones first and closing inner ones first is enough. */
function marked(text: string, entities: readonly Entity[]): string {
  let html = '';
  for (let at = 0; at <= text.length; at += 1) {
    const closing = entities.filter(({ offset, length }) => offset + length === at);
    for (const { type } of closing.toReversed()) html += `</${tags[type] ?? 'span'}>`;
    for (const { type, offset } of entities) if (offset === at) html += `<${tags[type] ?? 'span'}>`;
    html += escapeText(text.charAt(at));
  }
  return html.replace(/(?<![\w/>])(\/[a-z_]{2,32})(?![\w/])/g, '<a>$1</a>');
}

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const style = `
body { margin: 0; padding: 24px; font: 15px/1.35 system-ui, 'Noto Sans CJK SC', sans-serif; background: #e6ebf1; color: #000; }
h1 { font-size: 22px; } h2 { font-size: 13px; color: #3c5a36; font-weight: 600; margin: 0 0 8px; }
.note { color: #51677d; }
main { columns: 360px; column-gap: 24px; }
section { break-inside: avoid; padding: 12px; margin: 0 0 24px; border-radius: 12px; background: #c8d9c4; }
.said { width: fit-content; max-width: 85%; margin: 0 0 8px auto; padding: 6px 12px; border-radius: 14px 14px 4px 14px; background: #effdde; }
.shown { width: fit-content; max-width: 100%; box-sizing: border-box; padding: 8px 12px; border-radius: 14px 14px 14px 4px; background: #fff; }
.shown.wide { width: 100%; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; } .text a { color: #168acd; }
.cover { display: block; width: 100%; aspect-ratio: 1200 / 630; object-fit: cover; border-radius: 6px; margin: 2px 0 8px; }
.preview { border-left: 3px solid #168acd; background: #eef6fc; padding: 18px 10px; margin: 6px 0; color: #51677d; border-radius: 4px; }
.offers { background: #fff; border-radius: 12px; padding: 4px 0; }
.offer { display: flex; gap: 10px; padding: 8px 12px; } .offer + .offer { border-top: 1px solid #e6ebf1; }
.offer img, .offer .blank { flex: none; width: 48px; height: 48px; border-radius: 6px; object-fit: cover; background: #d4dde6; }
.offer b { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; width: 250px; font-weight: 600; font-size: 14px; }
.offer p { margin: 2px 0 0; color: #51677d; font-size: 13px; line-height: 1.3; overflow: hidden; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; }
.keyboard { margin-top: 4px; } .row { display: flex; gap: 4px; margin-top: 4px; }
.row span { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: center; position: relative;
  padding: 8px 6px; border-radius: 8px; background: #6c8a68; color: #fff; font-size: 14px; }
.row i { position: absolute; top: 1px; right: 4px; font-size: 9px; font-style: normal; opacity: .8; }
`;
