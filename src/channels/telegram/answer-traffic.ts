import type { AnswerTraffic } from '../../announce/deliverer.ts';
import type { Address } from '../../subscribers/address.ts';

/** Tells of answers on their way. */
export interface AnswerTrafficSource extends AnswerTraffic {
  /** Does something that the platform counts as a message to an address. */
  during<Result>(address: Address, send: () => Promise<Result>): Promise<Result>;
}

export function createAnswerTraffic(): AnswerTrafficSource {
  let watcher: ((address: Address) => () => void) | undefined;
  return {
    watch(next) {
      watcher = next;
    },
    async during(address, send) {
      const through = watcher?.(address);
      try {
        return await send();
      } finally {
        through?.();
      }
    },
  };
}
