/** An answer that takes longer does not come: a proxy holds the line open, or a phone has changed its network. */
const longestWaitMs = 30_000;

/** `fetch` that rejects after half a minute instead of waiting for ever. */
export async function fetchInTime(path: string, { signal, ...init }: RequestInit = {}): Promise<Response> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  const timer = setTimeout(abort, longestWaitMs);
  signal?.addEventListener('abort', abort);
  try {
    return await fetch(path, { ...init, signal: stop.signal });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
