import type { Post } from '../posts/post.ts';
import { html } from './html.ts';
import { pathOf } from './post-page.ts';

/** The most that one sitemap may hold (sitemaps.org). */
const mostUrls = 50_000;

/** For search engines: the chat and a page for each post. */
export function sitemap(base: string, posts: readonly Post[]): string {
  const entries = posts.slice(0, mostUrls - 1).map((post) => {
    const day = post.date?.slice(0, 10);
    const changed = day === undefined ? undefined : html`<lastmod>${day}</lastmod>`;
    return html`<url><loc>${base}${pathOf(post)}</loc>${changed}</url>\n`;
  });
  return html`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>${base}/</loc></url>
${entries}</urlset>
`.markup;
}

/** Lets a browser search here from its address bar (OpenSearch 1.1). */
export function openSearchDescription(base: string): string {
  return html`<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Postbell</ShortName>
<Description>Ask for posts · 问文章</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image width="32" height="32" type="image/svg+xml">${base}/favicon.svg</Image>
<Url type="text/html" template="${base}/?q={searchTerms}"/>
</OpenSearchDescription>
`.markup;
}

/** Everything may be read by robots but what answers people. */
export function robots(base: string): string {
  return `User-agent: *\nDisallow: /api/\nDisallow: /r/\nSitemap: ${base}/sitemap.xml\n`;
}
