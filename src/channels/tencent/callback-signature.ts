import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The signature of WeChat's and WeCom's callbacks: hex SHA-1 over the sorted parts, joined. An Official
 * Account signs token, timestamp and nonce, and for encrypted bodies the ciphertext too; WeCom always the
 * four. Sorting is by code unit: a sort by locale gives another order.
 */
export function signatureOf(parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

/** Whether a signature that came with a request is the one expected, in a time that tells nothing about it. */
export function sameSignature(given: string, expected: string): boolean {
  const one = Buffer.from(given);
  const other = Buffer.from(expected);
  return one.length === other.length && timingSafeEqual(one, other);
}
