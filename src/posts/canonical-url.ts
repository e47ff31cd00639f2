import { trimEnd } from '../kernel/trim-text.ts';

/** What campaigns, shares and mailings add to a url; none of it names another article. */
const trackingParameters = new Set(
  [
    'fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh _ga _gl',
    'mc_cid mc_eid _hsenc _hsmi hsctatracking mkt_tok oly_enc_id oly_anon_id vero_id wickedid s_cid ncid trk trkcampaign',
    'spm scm share_token share_source share_medium share_plat share_tag share_from share_id share_session_id vd_source',
    'spm_id_from from_source bd_vid hmsr hmpl hmcu hmkw hmci ref_src ref_url rss_source',
  ].flatMap((line) => line.split(' ')),
);

/** Pages that a server shows for their folder. */
const indexPage = /\/(?:index|default)\.(?:md|markdown|html?|php|aspx?)$/i;

/**
 * The part of a url that names the article: two urls of one article get one canonical form. It is no url to
 * open. Scheme, `www.`, default ports, credentials, trailing slashes, index pages, tracking parameters and the
 * order of the others do not matter; of WeChat's links only what names the article is kept.
 *
 * The fragment is left out, save those that are a page's address (`#/posts/1`, `#!posts`): see `canonicalParts`.
 *
 * @param url an absolute http(s) url; anything else comes back as it is.
 */
export function canonicalUrl(url: string): string {
  return canonicalParts(url).page;
}

/** The canonical form, and the fragment without `#`; WeChat's fragments only say where the link was copied. */
export function canonicalParts(url: string): { readonly page: string; readonly fragment: string } {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return { page: url, fragment: '' };
  }
  const page = canonicalPage(parsed);
  const isPlace = parsed.hash.length < 2 || page.includes('#') || parsed.hostname === 'mp.weixin.qq.com';
  return { page, fragment: isPlace ? '' : evenEscapes(parsed.hash.slice(1)) };
}

function canonicalPage(parsed: URL): string {
  const host = parsed.hostname
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  const place = host + otherPort(parsed.port);
  if (host === 'mp.weixin.qq.com') {
    const article = wechatArticle(parsed);
    if (article !== undefined) return `${place}${article}`;
  }
  const path = trimEnd(evenEscapes(parsed.pathname).replace(indexPage, ''), /\//);
  const route = /^#!?\//.test(parsed.hash) ? evenEscapes(parsed.hash) : '';
  return `${place}${path}${parsed.search === '' ? '' : canonicalQuery(parsed.searchParams)}${route}`;
}

/** The same url without parameters that only track whoever follows it; all else stays as it is written. */
export function withoutTracking(url: string): string {
  const [, before = '', query, fragment = ''] = /^([^?#]*)\?([^#]*)(#.*)?$/s.exec(url) ?? [];
  if (query === undefined) return url;
  const parts = query.split('&');
  const kept = parts.filter((part) => !isTracking(part.split('=', 1)[0] ?? ''));
  if (kept.length === parts.length) return url;
  return `${before}${kept.length > 0 ? '?' : ''}${kept.join('&')}${fragment}`;
}

function isTracking(name: string): boolean {
  return name.startsWith('utm_') || trackingParameters.has(name.toLowerCase());
}

function otherPort(port: string): string {
  return port === '' || port === '80' || port === '443' ? '' : `:${port}`;
}

function canonicalQuery(parameters: URLSearchParams): string {
  const kept = [...parameters]
    .filter(([name]) => !isTracking(name))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort();
  return kept.length > 0 ? `?${kept.join('&')}` : '';
}

/**
 * WeChat has two forms: `/s/<id>`, whose id tells upper from lower case, and `/s?__biz=…&mid=…&idx=…` (in old
 * links `appmsgid` and `itemidx`). All else in them changes with whoever copies the link.
 */
function wechatArticle({ pathname, searchParams }: URL): string | undefined {
  const short = /^\/s\/([\w-]+)/.exec(pathname)?.[1];
  if (short) return `/s/${short}`;
  const account = trimEnd(searchParams.get('__biz') ?? '', /[= ]/);
  const message = searchParams.get('mid') ?? searchParams.get('appmsgid');
  if (!account || !message) return undefined;
  return `/s?${account}/${message}/${searchParams.get('idx') ?? searchParams.get('itemidx') ?? '1'}`;
}

/** Escapes that need not be are undone, the others written in upper case. */
function evenEscapes(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%[0-9a-f]{2}/gi, (written) => {
    const character = String.fromCharCode(Number.parseInt(written.slice(1), 16));
    return /[\w.~!$'()*,:;@-]/.test(character) ? character : written.toUpperCase();
  });
}
