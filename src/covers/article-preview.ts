import { Parser } from 'htmlparser2';

/** What an article's page says of itself for link previews. */
export interface ArticlePreview {
  /** Absolute http(s) address. */
  readonly image?: string;
  readonly description?: string;
}

/** Previews stand in the head; of a page without end no more is read. */
const longestHead = 300_000;
const longestDescription = 500;

/** Reads Open Graph's and Twitter's tags, else the plain description. `url` is the page's own, after redirects. */
export function readArticlePreview(html: string, url: string): ArticlePreview {
  const found = new Map<string, string>();
  const parser = new Parser({
    onopentag(name, { property, name: named, content }) {
      const key = (property ?? named ?? '').toLowerCase();
      if (name === 'meta' && content && !found.has(key)) found.set(key, content.trim());
    },
  });
  parser.write(html.slice(0, longestHead));
  parser.end();
  const image = ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image']
    .map((key) => found.get(key))
    .find(Boolean);
  const description = found.get('og:description') || found.get('description');
  const address = image !== undefined && URL.canParse(image, url) ? new URL(image, url) : undefined;
  return {
    ...(address && /^https?:$/.test(address.protocol) && { image: address.href }),
    ...(description && { description: description.replace(/\s+/g, ' ').slice(0, longestDescription) }),
  };
}
