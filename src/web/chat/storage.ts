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
  /** What the browser did not take, which is newer than what it has. */
  const memory = new Map<string, string>();
  return {
    get(key) {
      try {
        return memory.get(key) ?? window.localStorage.getItem(key) ?? undefined;
      } catch {
        return undefined;
      }
    },
    put(key, value) {
      try {
        window.localStorage.setItem(key, value);
        memory.delete(key);
      } catch {
        memory.set(key, value);
      }
    },
  };
}
