import { createHash } from 'node:crypto';
import type { Address } from '../../subscribers/address.ts';

/**
 * The address of the visitor who holds this secret; undefined if it is none. A secret is made by the
 * page: 22 to 64 characters of base64url, 128 random bits at least.
 *
 * The address holds a digest: who sees addresses (in a log, an export, the database) can still not
 * read the visitor's messages.
 */
export function visitorAddress(secret: string): Address | undefined {
  if (!/^[A-Za-z0-9_-]{22,64}$/.test(secret)) return undefined;
  return { channel: 'web', chat: createHash('sha256').update(secret).digest('base64url').slice(0, 22) };
}
