import type { parseFeed } from 'feedsmith';

/** An item of a feed of any dialect. Texts may hold HTML. */
export interface FeedItem {
  readonly title?: string;
  /** The title says of itself that it holds no markup. */
  readonly titleIsText?: boolean;
  /** What the item's relative links are relative to, itself relative to the feed's. */
  readonly xmlBase?: string;
  /** Where the item's page may be, the best first. */
  readonly links: readonly string[];
  readonly guid?: string;
  readonly summary?: string;
  readonly content?: string;
  /** As the feed writes them; the day of publication first. */
  readonly dates: readonly string[];
  readonly tags: readonly string[];
  readonly image?: string;
}

/** The items of a feed, with the address of its site and what its links are relative to, where it says so. */
export interface FeedItems {
  readonly items: readonly FeedItem[];
  readonly site?: string;
  readonly xmlBase?: string;
}

type Parsed = ReturnType<typeof parseFeed>;
type Of<Format extends Parsed['format']> = Extract<Parsed, { format: Format }>['feed'];

/** The one place that knows the shapes of the feed parser: brings the items of all dialects into one. */
export function itemsOf(parsed: Parsed): FeedItems {
  switch (parsed.format) {
    case 'rss':
      return rssItems(parsed.feed);
    case 'rdf':
      return rdfItems(parsed.feed);
    case 'atom':
      return atomItems(parsed.feed);
    case 'json':
      return jsonItems(parsed.feed);
  }
}

function rssItems({ items = [], link, atom }: Of<'rss'>): FeedItems {
  const own = atom?.links?.find(({ rel }) => rel === 'self')?.href;
  return {
    ...site(absolute(link) ?? absolute(own)),
    items: items.map((item) => {
      const { guid, enclosures, media } = item;
      const permalink = guid?.isPermaLink === false ? undefined : guid?.value;
      const picture = enclosures?.find(({ type }) => type?.startsWith('image/'))?.url ?? media?.thumbnails?.[0]?.url;
      return compact({
        title: item.title,
        links: list(
          item.link,
          item.atom?.links?.find(({ rel }) => rel === undefined || rel === 'alternate')?.href,
          absolute(permalink),
          // An episode of a podcast may have no page.
          absolute(enclosures?.find(({ type = '' }) => !type.startsWith('image/'))?.url),
        ),
        guid: guid?.value,
        summary: item.description,
        content: item.content?.encoded,
        dates: list(item.pubDate, ...(item.dc?.dates ?? []), item.atom?.published, item.atom?.updated),
        tags: list(...(item.categories ?? []).map(({ name }) => name), ...(item.dc?.subjects ?? [])),
        image: picture,
      });
    }),
  };
}

function rdfItems({ items = [], link }: Of<'rdf'>): FeedItems {
  return {
    ...site(absolute(link)),
    items: items.map((item) =>
      compact({
        title: item.title,
        links: list(item.link, item.rdf?.about),
        guid: item.rdf?.about,
        summary: item.description,
        content: item.content?.encoded,
        dates: list(...(item.dc?.dates ?? [])),
        tags: list(...(item.dc?.subjects ?? [])),
      }),
    ),
  };
}

function atomItems({ entries = [], links = [], xml }: Of<'atom'>): FeedItems {
  const own =
    links.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links.find(({ rel }) => rel === 'self');
  return {
    ...site(absolute(own?.href)),
    ...(xml?.base === undefined ? {} : { xmlBase: xml.base }),
    items: entries.map((entry) =>
      compact({
        title: entry.title?.value,
        titleIsText: (entry.title?.type ?? 'text') === 'text',
        xmlBase: entry.xml?.base,
        links: list(...sortedLinks(entry.links ?? []), absolute(entry.id)),
        guid: entry.id,
        summary: entry.summary?.value,
        content: entry.content?.value,
        dates: list(entry.published, entry.updated, ...(entry.dc?.dates ?? [])),
        tags: list(...(entry.categories ?? []).map(({ label, term }) => label ?? term)),
        image: entry.media?.thumbnails?.[0]?.url,
      }),
    ),
  };
}

function jsonItems({ items = [], home_page_url: home }: Of<'json'>): FeedItems {
  return {
    ...site(absolute(home)),
    items: items.map((item) =>
      compact({
        title: item.title,
        links: list(item.url, item.external_url, absolute(item.id)),
        guid: item.id,
        summary: item.summary,
        content: item.content_html ?? (item.content_text === undefined ? undefined : escapeText(item.content_text)),
        dates: list(item.date_published, item.date_modified),
        tags: item.tags ?? [],
        image: item.image ?? item.banner_image,
      }),
    ),
  };
}

/** Of an entry's links a page comes before other forms, and the entry's own address last; enclosures are none. */
function sortedLinks(
  links: readonly { readonly href?: string; readonly rel?: string; readonly type?: string }[],
): (string | undefined)[] {
  const cost = ({ rel = 'alternate', type = 'text/html' }: { rel?: string; type?: string }) =>
    (rel === 'alternate' ? 0 : rel === 'self' ? 20 : 40) + (/html/.test(type) ? 0 : 1);
  return links
    .filter((link) => cost(link) < 40)
    .sort((one, other) => cost(one) - cost(other))
    .map(({ href }) => href);
}

function absolute(link: string | undefined): string | undefined {
  return link !== undefined && /^https?:\/\//i.test(link) ? link : undefined;
}

function site(link: string | undefined): { site?: string } {
  return link === undefined ? {} : { site: link };
}

function list(...values: readonly unknown[]): string[] {
  return values.filter((value): value is string => typeof value === 'string' && value !== '');
}

type Loose = { [Key in keyof FeedItem]: FeedItem[Key] | undefined } & Pick<FeedItem, 'links' | 'dates' | 'tags'>;

/** Without the fields that are missing. */
function compact({
  title,
  titleIsText,
  xmlBase,
  links,
  guid,
  summary,
  content,
  dates,
  tags,
  image,
}: Partial<Loose> & Pick<FeedItem, 'links' | 'dates' | 'tags'>): FeedItem {
  return {
    links,
    dates,
    tags,
    ...(title === undefined ? {} : { title }),
    ...(titleIsText ? { titleIsText } : {}),
    ...(xmlBase === undefined ? {} : { xmlBase }),
    ...(guid === undefined ? {} : { guid }),
    ...(summary === undefined ? {} : { summary }),
    ...(content === undefined ? {} : { content }),
    ...(image === undefined ? {} : { image }),
  };
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
