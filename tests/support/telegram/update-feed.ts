import { ApiRefusal } from './api-refusal.ts';

export interface Update {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

export interface WebhookSettings {
  /** As the bot gave it. */
  readonly url: string;
  /** Where it really is. */
  readonly target: string;
  readonly secret?: string;
  readonly maximumConnections: number;
}

/** The updates that wait for the bot, taken by polling or brought to its webhook. */
export interface UpdateFeed {
  /** Adds an update, unless the bot said that it does not want its kind. `lane`: these are brought in order. */
  add(kind: string, content: object, lane: number): Update | undefined;
  poll(parameters: Readonly<Record<string, unknown>>, closed: AbortSignal): Promise<readonly Update[]>;
  setWebhook(settings: WebhookSettings | undefined, allowed: unknown): void;
  readonly webhook: () => WebhookSettings | undefined;
  /** Brings an update to the webhook once more, whatever became of it before; the status that came back. */
  bring(update: Update): Promise<number>;
  waiting(): readonly Update[];
  /** How many attempts at the webhook failed. */
  readonly failures: () => number;
  /** The last of them, as `getWebhookInfo` tells it. */
  readonly lastFailure: () => { readonly last_error_date: number; readonly last_error_message: string } | undefined;
  close(): void;
}

interface Pending {
  readonly update: Update;
  readonly lane: number;
  readonly attempts: number;
  readonly notBefore: number;
}

// What the real server leaves out unless it is asked for.
const kindsOnDemand = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

/** @param retryMs the first pause after a failed webhook call; it doubles up to 60 times as much */
export function createUpdateFeed({ retryMs }: { retryMs: number }): UpdateFeed {
  let queue: Pending[] = [];
  let nextId = 730_184_001;
  let allowed: ReadonlySet<string> | undefined;
  let webhook: WebhookSettings | undefined;
  let poll: { wake: () => void; refuse: (error: Error) => void } | undefined;
  let failures = 0;
  let lastFailure: { last_error_date: number; last_error_message: string } | undefined;
  let closed = false;
  const busyLanes = new Set<number>();

  const readAllowed = (value: unknown) => {
    if (Array.isArray(value)) allowed = value.length === 0 ? undefined : new Set(value.map(String));
  };

  const bring = async (update: Update, { target, secret }: WebhookSettings): Promise<number> => {
    const response = await fetch(target, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret !== undefined && { 'x-telegram-bot-api-secret-token': secret }),
      },
      body: JSON.stringify(update),
      signal: AbortSignal.timeout(60_000),
    });
    await response.arrayBuffer();
    return response.status;
  };

  const bringNext = (): void => {
    if (!webhook || closed) return;
    const settings = webhook;
    const now = Date.now();
    const taken = new Set(busyLanes);
    for (const pending of queue) {
      if (busyLanes.size >= settings.maximumConnections) return;
      if (taken.has(pending.lane)) continue;
      taken.add(pending.lane);
      if (pending.notBefore > now) continue;
      busyLanes.add(pending.lane);
      void bring(pending.update, settings)
        .catch(() => 0)
        .then((status) => {
          busyLanes.delete(pending.lane);
          const at = queue.findIndex(({ update }) => update === pending.update);
          if (at >= 0 && status >= 200 && status < 300) queue.splice(at, 1);
          else if (at >= 0) {
            failures += 1;
            lastFailure = {
              last_error_date: Math.floor(Date.now() / 1000),
              last_error_message: status === 0 ? 'Connection refused' : `Wrong response from the webhook: ${status}`,
            };
            const pause = Math.min(retryMs * 2 ** pending.attempts, retryMs * 60);
            queue[at] = { ...pending, attempts: pending.attempts + 1, notBefore: Date.now() + pause };
            setTimeout(bringNext, pause + 1).unref();
          }
          bringNext();
        });
    }
  };

  const waitForUpdate = (ms: number, closedByClient: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const settle = (error?: Error) => {
        clearTimeout(timer);
        closedByClient.removeEventListener('abort', wake);
        if (poll === mine) poll = undefined;
        if (error) reject(error);
        else resolve();
      };
      const wake = () => settle();
      const mine = { wake, refuse: settle };
      const timer = setTimeout(wake, ms);
      closedByClient.addEventListener('abort', wake, { once: true });
      poll = mine;
    });

  return {
    add: (kind, content, lane) => {
      if (allowed ? !allowed.has(kind) : kindsOnDemand.has(kind)) return undefined;
      const update = { update_id: nextId, [kind]: content };
      nextId += 1;
      queue.push({ update, lane, attempts: 0, notBefore: 0 });
      poll?.wake();
      bringNext();
      return update;
    },
    poll: async ({ offset, limit, timeout, allowed_updates }, closedByClient) => {
      if (webhook) {
        throw new ApiRefusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      }
      readAllowed(allowed_updates);
      const from = Number(offset ?? 0);
      if (from < 0) queue = queue.slice(from);
      else queue = queue.filter(({ update }) => update.update_id >= from);
      poll?.refuse(
        new ApiRefusal(
          409,
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        ),
      );
      if (queue.length === 0) await waitForUpdate(Math.min(Number(timeout ?? 0), 50) * 1000, closedByClient);
      const count = Math.min(Math.max(Number(limit ?? 100), 1), 100);
      return queue.slice(0, count).map(({ update }) => update);
    },
    setWebhook: (settings, allowedUpdates) => {
      webhook = settings;
      readAllowed(allowedUpdates);
      if (settings) {
        poll?.refuse(new ApiRefusal(409, 'Conflict: terminated by setWebhook request'));
        bringNext();
      }
    },
    webhook: () => webhook,
    bring: (update) => {
      if (!webhook) throw new Error('the bot has no webhook');
      return bring(update, webhook);
    },
    waiting: () => queue.map(({ update }) => update),
    failures: () => failures,
    lastFailure: () => lastFailure,
    close: () => {
      closed = true;
      poll?.wake();
    },
  };
}
