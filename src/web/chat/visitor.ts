import type { Storage } from './storage.ts';

const key = 'postbell.visitor';

/** The secret by which this browser is known: made on the first visit, 128 random bits in base64url. */
export function visitorSecret(storage: Storage): string {
  const kept = storage.get(key);
  if (kept !== undefined && /^[\w-]{22,64}$/.test(kept)) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const secret = btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');
  storage.put(key, secret);
  return secret;
}

/** The next visit is by someone new. */
export function forgetVisitor(storage: Storage): void {
  storage.put(key, '');
}
