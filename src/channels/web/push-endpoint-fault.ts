import { createPublicKey } from 'node:crypto';
import { isIP } from 'node:net';
import { isPublicAddress } from '../../kernel/guarded-agent.ts';
import type { PushEndpoint } from '../../subscribers/push-endpoint.ts';

/**
 * What is wrong with an endpoint that a page sent; undefined if nothing is. Names are looked at when they are
 * resolved, at the connection.
 */
export function pushEndpointFault({ url, p256dh, auth }: PushEndpoint, allowPrivate: boolean): string | undefined {
  if (!URL.canParse(url)) return 'endpoint must be a url';
  const { protocol, hostname, username, password } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol !== 'https:' && !(allowPrivate && protocol === 'http:')) return 'endpoint must be an https url';
  if (username !== '' || password !== '') return 'endpoint must hold no credentials';
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) return 'endpoint must be a public address';
  if (!isPoint(Buffer.from(p256dh, 'base64url'))) return 'keys.p256dh must be a point on P-256 in base64url';
  if (Buffer.from(auth, 'base64url').length !== 16) return 'keys.auth must be 16 bytes in base64url';
  return undefined;
}

/** Uncompressed, and on the curve: else encrypting would fail at each delivery. */
function isPoint(bytes: Buffer): boolean {
  if (bytes.length !== 65 || bytes[0] !== 4) return false;
  const x = bytes.toString('base64url', 1, 33);
  const y = bytes.toString('base64url', 33);
  try {
    createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}
