import { Parser } from 'htmlparser2';
import { parseDate } from '../dates.ts';
import { oneLine } from '../markdown/text.ts';
import { resolveLink } from '../resolve-link.ts';

/** What a web page says of itself. */
export interface PageFacts {
  readonly title: string;
  readonly url: string;
  readonly description: string;
  /** `YYYY-MM-DD`, or an ISO instant in UTC. */
  readonly date?: string;
  readonly image?: string;
}

/**
 * Reads title, description, date and cover from a page: from Open Graph and its relatives first, then from HTML's own
 * elements, and from the script of a WeChat article, which has its time nowhere else.
 *
 * @param url where the page was found, after redirects
 */
export function readPageFacts(html: string, url: string): PageFacts {
  const meta = new Map<string, string>();
  let title = '';
  let canonical = '';
  let time = '';
  let inTitle = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      inTitle = name === 'title' && title === '';
      if (name === 'meta') {
        const key = (attributes.property ?? attributes.name ?? attributes.itemprop ?? '').toLowerCase();
        if (key !== '' && !meta.has(key)) meta.set(key, attributes.content ?? '');
      }
      if (name === 'link' && attributes.rel === 'canonical') canonical = attributes.href ?? '';
      if (name === 'time' && time === '') time = attributes.datetime ?? '';
    },
    ontext(text) {
      if (inTitle) title += text;
    },
    onclosetag() {
      inTitle = false;
    },
  });
  parser.end(html);

  const first = (...keys: string[]) =>
    keys.map((key) => meta.get(key) ?? '').find((value) => value.trim() !== '') ?? '';
  const published = first('article:published_time', 'date', 'datepublished', 'publishdate', 'pubdate', 'dc.date');
  const scripted = /"datePublished"\s*:\s*"([^"]{4,40})"/.exec(html)?.[1] ?? wechatTime(html);
  const date = [published, scripted, time].map((text) => parseDate(text ?? '')).find((one) => one !== undefined);
  const image = resolveLink(first('og:image', 'twitter:image', 'image'), url);
  const own = resolveLink(canonical === '' ? first('og:url') : canonical, url);
  return {
    title: oneLine(first('og:title', 'twitter:title') || title),
    url: own.kind === 'address' ? own.url : url,
    description: oneLine(first('og:description', 'description', 'twitter:description')),
    ...(date === undefined ? {} : { date }),
    ...(image.kind === 'address' ? { image: image.url } : {}),
  };
}

/** `var ct = "1700000000";`: seconds since 1970. */
function wechatTime(html: string): string | undefined {
  const seconds = /\bvar ct\s*=\s*"(\d{10})"/.exec(html)?.[1];
  return seconds === undefined ? undefined : new Date(Number(seconds) * 1000).toISOString();
}
