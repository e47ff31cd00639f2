import type { Address } from './address.ts';
import type { Subscriber } from './subscriber.ts';

/** The book of all subscribers: a port that the store implements. */
export interface SubscriberBook {
  find(address: Address): Promise<Subscriber | undefined>;
  /**
   * Reads, changes and writes one subscriber in one transaction. `change` gets what is there and says
   * what is to be there; undefined removes. Deliveries that nobody subscribes to any more are dropped with it.
   */
  change(address: Address, change: (current: Subscriber | undefined) => Subscriber | undefined): Promise<void>;
  /** Forgets the address and every open delivery to it. */
  remove(address: Address): Promise<void>;
  /**
   * A chat got another id (a Telegram group became a supergroup): subscriptions, all topics and open
   * deliveries follow. Merges with what stands at the new address; a repeat changes nothing.
   */
  move(from: Address, to: Address): Promise<void>;
  all(): AsyncIterable<Subscriber>;
}
