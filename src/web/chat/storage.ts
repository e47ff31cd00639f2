/** Small texts kept in the browser. */
export interface Storage {
  get(key: string): string | undefined;
  put(key: string, value: string): void;
}

/**
 * The browser's own storage, or memory where that is refused: private windows, full disks, and frames on
 * other sites whose storage is blocked. The chat then works until the page is closed.
 */
export function createStorage(): Storage {
  const memory = new Map<string, string>();
  return {
    get(key) {
      try {
        return window.localStorage.getItem(key) ?? memory.get(key);
      } catch {
        return memory.get(key);
      }
    },
    put(key, value) {
      memory.set(key, value);
      try {
        window.localStorage.setItem(key, value);
      } catch {
        // Kept in memory.
      }
    },
  };
}
