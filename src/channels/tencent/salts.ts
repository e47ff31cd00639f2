import { saltBytes } from './callback-cipher.ts';

/** The system takes about as long for many random bytes as for a few. */
const drawnAtOnce = 256;

/**
 * Salts for the encryption of answers, a fresh one each call.
 *
 * @param random So many fresh random bytes.
 */
export function createSalts(random: (bytes: number) => Buffer): () => Buffer {
  let drawn: Buffer = Buffer.alloc(0);
  return () => {
    if (drawn.length === 0) drawn = random(drawnAtOnce * saltBytes);
    const salt = drawn.subarray(0, saltBytes);
    drawn = drawn.subarray(saltBytes);
    return salt;
  };
}
