/** Where a link leads: to an address, to a place that needs a base, or to no post. */
export type Target =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'relative' }
  | { readonly kind: 'nowhere' };

const nowhere: Target = { kind: 'nowhere' };

/** A host as people write it without a scheme: `mp.weixin.qq.com/s/x`, `www.ex.org`, `ex.org:443/a`. */
const bareHost = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,24})(?::\d{1,5})?(?:[/?#]|$)/i;

/** Endings that are a file's rather than a domain's, where no path follows. */
const fileEndings = new Set(
  'md markdown mdx html htm txt pdf png jpg jpeg gif svg json xml yaml yml csv js ts py rs go sh zip ipynb java php'.split(
    ' ',
  ),
);

/**
 * Resolves a link as an author wrote it.
 *
 * @param base the document's own address; without it relative links cannot be resolved
 */
export function resolveLink(written: string, base: string | undefined): Target {
  const text = written.trim();
  if (text === '' || text.startsWith('#') || /^\.?\/?#/.test(text)) return nowhere;
  if (/^https?:\/\//i.test(text)) return addressOf(text);
  if (text.startsWith('//')) return addressOf(`https:${text}`);
  if (looksLikeHost(text)) return addressOf(`https://${text}`);
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return nowhere;
  if (base === undefined || !URL.canParse(text, base)) return { kind: 'relative' };
  const url = new URL(text, base);
  if (url.hash !== '' && sameDocument(url, base)) return nowhere;
  return addressOf(url.href);
}

/**
 * Whether a link as an author wrote it can be the address of no post; cheaper than resolving it. The whole address of
 * a place in the own document is one too.
 */
export function leadsNowhere(written: string, base: string | undefined): boolean {
  if (!/^https?:\/\/[^\s/?#]/i.test(written)) return resolveLink(written, base).kind === 'nowhere';
  if (base === undefined || !written.includes('#') || !URL.canParse(written)) return false;
  const url = new URL(written);
  return url.hash !== '' && sameDocument(url, base);
}

function addressOf(text: string): Target {
  try {
    const { href, protocol, hostname } = new URL(text);
    const isWeb = (protocol === 'http:' || protocol === 'https:') && hostname !== '';
    return isWeb ? { kind: 'address', url: href } : nowhere;
  } catch {
    return nowhere;
  }
}

function looksLikeHost(text: string): boolean {
  const ending = bareHost.exec(text)?.[1];
  if (ending === undefined) return false;
  if (/^www\./i.test(text) || text.includes('/')) return !fileEndings.has(ending.toLowerCase());
  return /^(?:com|cn|org|net|io|dev|me|edu|gov|info|top|site|blog|xyz|app)$/i.test(ending);
}

function sameDocument(url: URL, base: string): boolean {
  const own = new URL(base);
  return url.origin === own.origin && url.pathname === own.pathname && url.search === own.search;
}
