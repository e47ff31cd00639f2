/**
 * Small values of ours that must survive a restart: secrets that we made, positions in a stream,
 * last good copies. Keys are namespaced by the part that owns them, such as `telegram.webhook-secret`.
 */
export interface KeyValueStore {
  get(key: string): Promise<string | undefined>;
  put(key: string, value: string): Promise<void>;
  /** Puts only if the key is free; true if it was. Two callers never both get true. */
  putIfAbsent(key: string, value: string): Promise<boolean>;
  remove(key: string): Promise<void>;
}
