import type { Clock } from '../../src/kernel/clock.ts';
import type { KeyValueStore } from '../../src/kernel/key-value-store.ts';

/** Small values that live as long as their test, or until they expire. */
export function createMemoryValues(clock: Clock): KeyValueStore {
  const rows = new Map<string, { readonly value: string; readonly expiresAt: Date | undefined }>();
  const find = (key: string) => {
    const row = rows.get(key);
    return row?.expiresAt && row.expiresAt <= clock.now() ? undefined : row?.value;
  };
  return {
    get: async (key) => find(key),
    async put(key, value, expiresAt) {
      rows.set(key, { value, expiresAt });
    },
    async putIfAbsent(key, value, expiresAt) {
      if (find(key) !== undefined) return false;
      rows.set(key, { value, expiresAt });
      return true;
    },
    async remove(key) {
      rows.delete(key);
    },
  };
}
