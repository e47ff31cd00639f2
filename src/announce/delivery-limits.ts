/** How deliveries are worked off. */
export interface DeliveryLimits {
  /** How many messages may be on their way at once to one platform: so many may repeat after a crash. */
  readonly inFlight: number;
  /** How long a claim holds; longer than `sendTimeoutMs`. */
  readonly leaseMs: number;
  /** When the answer to a message is taken for lost. */
  readonly sendTimeoutMs: number;
  /** How often a message is repeated although an attempt may have arrived. */
  readonly blindRepeats: 0 | 1;
  /** Attempts until a delivery that the platform keeps putting off is dead: some three days. */
  readonly attempts: number;
  /** How many processes one delivery may end before it stays unknown. */
  readonly crashLimit: number;
  /** How often an idle loop looks for work. */
  readonly idleMs: number;
  /** How long sent deliveries are kept. */
  readonly keepMs: number;
}

export const defaultDeliveryLimits: DeliveryLimits = {
  inFlight: 8,
  leaseMs: 120_000,
  sendTimeoutMs: 60_000,
  blindRepeats: 1,
  attempts: 300,
  crashLimit: 5,
  idleMs: 500,
  keepMs: 30 * 24 * 60 * 60_000,
};
