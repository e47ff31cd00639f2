/** What a reader said, if anything, and what they were shown, under a heading. */
export interface View {
  readonly heading: string;
  readonly said: string;
  /** Of a text message, with its `<a href>` links; empty for articles. */
  readonly text: string;
  readonly articles: readonly ArticleView[];
}

/** One article of a message, its picture as an address that a browser can show. */
export interface ArticleView {
  readonly title: string;
  readonly description: string;
  readonly picture: string;
}

/** A page that shows messages as a WeChat client does, in a language's typography (`zh`, `en`). */
export function viewsPage(language: string, views: readonly View[]): string {
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<title>Postbell in WeChat</title>
<style>${style}</style>
<main>${views.map(viewOf).join('')}</main>
</html>
`;
}

function viewOf({ heading, said, text, articles }: View): string {
  return `<section><h2>${escapeText(heading)}</h2>${said === '' ? '' : `<div class="said">${escapeText(said)}</div>`}
${text === '' ? articlesOf(articles) : `<div class="text">${text}</div>`}</section>`;
}

/** A single article is its title beside a piece of the picture; of several the first is large. */
function articlesOf([first, ...others]: readonly ArticleView[]): string {
  if (!first) return '';
  if (others.length === 0) {
    return `<div class="alone"><b>${escapeText(first.title)}</b><div><p>${escapeText(first.description)}</p><img src="${first.picture}" alt=""></div></div>`;
  }
  const rows = others.map(
    ({ title, picture }) => `<div class="row"><span>${escapeText(title)}</span><img src="${picture}" alt=""></div>`,
  );
  return `<div class="several"><div class="head"><img src="${first.picture}" alt=""><span>${escapeText(first.title)}</span></div>${rows.join('')}</div>`;
}

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const style = `
body { margin: 0; padding: 24px; font: 15px/1.45 system-ui, 'Noto Sans CJK SC', sans-serif; background: #fff; color: #191919; }
h2 { font-size: 13px; color: #6b6b6b; font-weight: 600; margin: 0 0 10px; }
main { columns: 360px; column-gap: 24px; }
section { break-inside: avoid; padding: 14px; margin: 0 0 24px; border-radius: 12px; background: #ededed; }
.said { width: fit-content; max-width: 80%; margin: 0 0 10px auto; padding: 8px 12px; border-radius: 6px; background: #95ec69; }
.text { width: fit-content; max-width: 92%; box-sizing: border-box; padding: 9px 12px; border-radius: 6px; background: #fff;
  white-space: pre-wrap; overflow-wrap: anywhere; }
.text a { color: #576b95; text-decoration: none; }
.alone, .several { width: 290px; border-radius: 6px; background: #fff; overflow: hidden; }
.alone { padding: 10px 12px; box-sizing: border-box; } .alone b { font-weight: 500; }
.alone div { display: flex; gap: 10px; margin-top: 6px; }
.alone p { flex: 1; margin: 0; color: #8a8a8a; font-size: 13px; white-space: pre-line; overflow: hidden; display: -webkit-box;
  -webkit-box-orient: vertical; -webkit-line-clamp: 4; }
.alone img { width: 52px; height: 52px; object-fit: cover; }
.head { position: relative; } .head img { display: block; width: 100%; aspect-ratio: 900 / 383; object-fit: cover; }
.head span { position: absolute; inset: auto 0 0; padding: 28px 12px 8px; color: #fff; font-size: 16px;
  background: linear-gradient(transparent, rgb(0 0 0 / 60%)); }
.row { display: flex; gap: 10px; align-items: center; padding: 10px 12px; border-top: 1px solid #eee; }
.row span { flex: 1; } .row img { width: 46px; height: 46px; object-fit: cover; border-radius: 3px; }
`;
