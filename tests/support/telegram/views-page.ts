import type { Entity } from './telegram-html.ts';
import type { BotMessage } from './world.ts';

/** What a person said and what the bot showed, under a heading. */
export interface View {
  readonly heading: string;
  readonly said: string;
  readonly shown: BotMessage;
}

/** A page that shows messages as a Telegram client does, from what the server has kept of them. */
export function viewsPage(views: readonly View[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Postbell on Telegram</title>
<style>${style}</style>
<h1>Postbell on Telegram</h1>
<p class="note">Made by <code>npx tsx tests/support/telegram/make-views.ts</code> from real answers.</p>
<main>${views.map(viewOf).join('')}</main>
</html>
`;
}

function viewOf({ heading, said, shown }: View): string {
  return `<section><h2>${escapeText(heading)}</h2>${said === '' ? '' : `<div class="said">${escapeText(said)}</div>`}
<div class="shown">${previewOf(shown)}<div class="text">${marked(shown.text, shown.entities)}</div></div>
${keyboardOf(shown)}</section>`;
}

function previewOf({ preview }: BotMessage): string {
  const url = typeof preview === 'object' && preview !== null && 'url' in preview ? String(preview.url) : undefined;
  return url === undefined ? '' : `<div class="preview">preview of ${escapeText(new URL(url).hostname)}</div>`;
}

function keyboardOf({ keyboard }: BotMessage): string {
  const rows = keyboard.map(
    (row) =>
      `<div class="row">${row.map(({ text, url }) => `<span>${escapeText(text)}${url ? ' ↗' : ''}</span>`).join('')}</div>`,
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
  return html;
}

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const style = `
body { margin: 0; padding: 24px; font: 15px/1.4 system-ui, 'Noto Sans CJK SC', sans-serif; background: #e6ebf1; color: #000; }
h1 { font-size: 22px; } h2 { font-size: 13px; color: #51677d; font-weight: 600; margin: 0 0 8px; }
.note { color: #51677d; }
main { columns: 360px; column-gap: 24px; }
section { break-inside: avoid; padding: 12px; margin: 0 0 24px; border-radius: 12px; background: #c8d9c4; }
.said { width: fit-content; margin: 0 0 8px auto; padding: 6px 12px; border-radius: 14px 14px 4px 14px; background: #effdde; }
.shown { width: fit-content; max-width: 100%; box-sizing: border-box; padding: 8px 12px; border-radius: 14px 14px 14px 4px; background: #fff; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; } .text a { color: #168acd; }
.preview { border-left: 3px solid #168acd; background: #eef6fc; padding: 18px 10px; margin-bottom: 6px; color: #51677d; border-radius: 4px; }
.keyboard { max-width: 360px; margin-top: 4px; } .row { display: flex; gap: 4px; margin-top: 4px; }
.row span { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: center;
  padding: 8px 6px; border-radius: 8px; background: #6c8a68; color: #fff; font-size: 14px; }
`;
