/**
 * Small values of ours that must survive a restart: secrets that we made, positions in a stream,
 * last good copies. Keys are namespaced by the part that owns them, such as `telegram.webhook-secret`.
 * What is put with `expiresAt` is no longer there from then on, and its room is freed sooner or later:
 * so that marks kept for each message (handled, answered so) do not pile up.
 */
export interface KeyValueStore {
  get(key: string): Promise<string | undefined>;
  put(key: string, value: string, expiresAt?: Date): Promise<void>;
  /** Puts only if the key is free; true if it was. Two callers never both get true. */
  putIfAbsent(key: string, value: string, expiresAt?: Date): Promise<boolean>;
  remove(key: string): Promise<void>;
}
