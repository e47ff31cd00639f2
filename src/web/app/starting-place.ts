/** Where the Mini App opens; the newest posts where nothing is named. */
export interface Place {
  readonly query?: string;
  readonly category?: string;
  /** A series by its name. */
  readonly series?: string;
  /** A post by its id. */
  readonly post?: string;
}

/** By which command of the bot a link leads to which part of a place. */
const parts: ReadonlyMap<string, keyof Place> = new Map([
  ['search', 'query'],
  ['category', 'category'],
  ['series', 'series'],
  ['post', 'post'],
]);

/**
 * What a link to the Mini App asks for: `?q=`, `?category=`, `?series=` or `?post=` in its address, or Telegram's
 * start parameter (`t.me/BOT?startapp=…`, core.telegram.org/bots/webapps), which is written as the payload of a link
 * to the bot itself: `p` and the id of a post, or `c` and a command such as `search:0:LoRA` in base64url.
 */
export function startingPlace(address: URLSearchParams, startParameter: string): Place {
  const asked = placeOf('query', address.get('q')) ?? partOf(address) ?? placeOfStart(startParameter);
  return asked ?? {};
}

function partOf(address: URLSearchParams): Place | undefined {
  for (const part of ['category', 'series', 'post'] as const) {
    const place = placeOf(part, address.get(part));
    if (place) return place;
  }
  return undefined;
}

function placeOfStart(parameter: string): Place | undefined {
  const rest = parameter.slice(1);
  if (parameter[0] === 'p') return placeOf('post', rest);
  if (parameter[0] !== 'c') return undefined;
  const [, command = '', argument] = /^([a-z]+):\d{1,9}:(.*)$/su.exec(decoded(rest)) ?? [];
  const part = parts.get(command);
  return part && placeOf(part, argument);
}

function placeOf(part: keyof Place, value: string | null | undefined): Place | undefined {
  const named = value?.trim().slice(0, 200);
  return named ? { [part]: named } : undefined;
}

/** Empty where it is no base64url of a text. */
function decoded(base64url: string): string {
  try {
    const bytes = Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
      one.charCodeAt(0),
    );
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return '';
  }
}
