import { formatAddress } from '../../src/subscribers/address.ts';
import type { PushEndpoint, PushEndpoints } from '../../src/subscribers/push-endpoint.ts';

/** Browsers that take notifications, for as long as their test. @param isSubscribed whether an address subscribes to something */
export function createMemoryPushEndpoints(isSubscribed: (address: string) => Promise<boolean>): PushEndpoints {
  const rows = new Map<string, PushEndpoint>();
  return {
    find: async (address) => rows.get(formatAddress(address)),
    async put(address, endpoint) {
      const key = formatAddress(address);
      if (!(await isSubscribed(key))) return false;
      rows.set(key, endpoint);
      return true;
    },
    async remove(address, url) {
      const key = formatAddress(address);
      if (url === undefined || rows.get(key)?.url === url) rows.delete(key);
    },
  };
}
