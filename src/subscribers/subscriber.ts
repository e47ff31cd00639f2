import type { Address } from './address.ts';
import type { Settings } from './settings.ts';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** What a subscriber wants to hear. */
export type Subscription =
  | { readonly kind: 'everything' }
  /** `category` is the `categoryName` of the path; deeper paths below it belong to it. */
  | { readonly kind: 'category'; readonly category: string }
  /** A saved query, as the reader typed it. */
  | { readonly kind: 'query'; readonly query: string };

/** An address with its subscriptions and settings. */
export interface Subscriber {
  readonly address: Address;
  readonly subscriptions: readonly Subscription[];
  /** Chosen or seen last; the configured default where unknown. */
  readonly language?: Language;
  /** Suspended: the platform refuses our messages (blocked, removed). Kept, so that a return brings all back. */
  readonly state: 'active' | 'suspended';
  readonly since: Date;
  /** When to hear; at once where absent. */
  readonly settings?: Settings;
}

/** Whether two subscriptions want the same; queries compare without regard to case and white space. */
export function sameSubscription(one: Subscription, other: Subscription): boolean {
  return subscriptionKey(one) === subscriptionKey(other);
}

function subscriptionKey(subscription: Subscription): string {
  switch (subscription.kind) {
    case 'everything':
      return 'everything';
    case 'category':
      return `category:${subscription.category}`;
    case 'query':
      return `query:${subscription.query.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()}`;
  }
}
