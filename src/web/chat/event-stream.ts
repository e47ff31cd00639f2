import type { Message } from '../../message/message.ts';

/** An announcement as the server sends it. */
export interface Announcement {
  /** Grows with each announcement to this visitor. */
  readonly number: number;
  /** ISO instant. */
  readonly at: string;
  readonly message: Message;
}

const longestPauseMs = 30_000;

/**
 * Listens for announcements until the page is closed, and connects again after each loss. Read with
 * fetch rather than EventSource, which can send the visitor's secret in the url only.
 *
 * @param after the number of the last announcement that the page has.
 */
export async function listen(
  visitor: string,
  after: () => number,
  heard: (announcement: Announcement) => void,
): Promise<never> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await fetch('/api/chat/events', {
        headers: { authorization: `Bearer ${visitor}`, 'last-event-id': String(after()) },
      });
      if (response.ok && response.body) {
        attempt = 0;
        for await (const data of eventData(response.body)) {
          heard(JSON.parse(data) as Announcement);
        }
      }
    } catch {
      // The connection was lost; the next one brings what was missed.
    }
    await pause(Math.min(longestPauseMs, 1_000 * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2));
  }
}

/** The data of each event; the server writes one `data` line an event. */
async function* eventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (pending + decoder.decode(value, { stream: true })).split('\n\n');
    pending = events.pop() ?? '';
    for (const event of events) {
      const line = event.split('\n').find((part) => part.startsWith('data: '));
      if (line) yield line.slice('data: '.length);
    }
  }
}

/** Ends early when the network returns. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
  });
}
