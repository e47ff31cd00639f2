import type { Trace } from '../kernel/log.ts';

/** A request that a platform sends us, with the body untouched: signatures are made over the raw bytes. */
export interface WebhookRequest {
  /** What the log calls it. */
  readonly trace: Trace;
  readonly method: 'GET' | 'POST';
  readonly query: URLSearchParams;
  /** One header by its name in lower case; undefined where it is missing. */
  header(name: string): string | undefined;
  /** Empty for GET. */
  readonly body: Buffer;
}

export interface WebhookAnswer {
  readonly status: number;
  /** Left out for an empty answer. */
  readonly body?: string;
  /** `text/plain; charset=utf-8` where left out. */
  readonly contentType?: string;
}

/** An address of the HTTP server that a platform calls: channels offer them, the server mounts them. */
export interface Webhook {
  /** Such as `/telegram/webhook`. */
  readonly path: string;
  readonly methods: readonly ('GET' | 'POST')[];
  /** Refusals are answers (401, 400 …); a rejection becomes a 500. */
  handle(request: WebhookRequest): Promise<WebhookAnswer>;
}
