import type { Address } from './address.ts';

/** Where the push service of a browser takes notifications for it, and what they are encrypted with (RFC 8291). */
export interface PushEndpoint {
  /** The push service's own address for this browser: whoever knows it may try to send. */
  readonly url: string;
  /** The browser's public key: a point on P-256, uncompressed, in base64url. */
  readonly p256dh: string;
  /** Sixteen random bytes of the browser, in base64url. */
  readonly auth: string;
}

/** The browsers that take notifications, one an address: a port that the store implements. Forgotten with the subscriber. */
export interface PushEndpoints {
  find(address: Address): Promise<PushEndpoint | undefined>;
  /** Puts it in place of what was there; false, and nothing is kept, if the address subscribes to nothing. */
  put(address: Address, endpoint: PushEndpoint): Promise<boolean>;
  /** Removes what is there; with `url` only while that is the one there. */
  remove(address: Address, url?: string): Promise<void>;
}
