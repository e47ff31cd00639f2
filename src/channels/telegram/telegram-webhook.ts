import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Log } from '../../kernel/log.ts';
import type { Webhook, WebhookRequest } from '../webhook.ts';
import { allowedUpdates } from './allowed-updates.ts';
import { failureOf } from './failure-of.ts';
import type { UpdateIntake } from './update-intake.ts';

interface WebhookParts {
  readonly api: Api;
  /** The public address that Telegram calls. */
  readonly url: string;
  /** Made and kept where there is none. */
  readonly secret?: string;
  readonly values: KeyValueStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly report: (trouble: string | undefined) => void;
}

export interface TelegramWebhook {
  /** To be mounted on the HTTP server. */
  readonly webhook: Webhook;
  /** Tells Telegram our address, and hands what it sends to the intake until the signal aborts. */
  run(intake: UpdateIntake, signal: AbortSignal): Promise<void>;
}

export const webhookPath = '/telegram/webhook';
const secretHeader = 'x-telegram-bot-api-secret-token';
/** Updates are a few kilobytes. */
const largestBody = 1024 * 1024;
const longestPauseMs = 30_000;
/** How often Telegram is asked whether it still knows our address and reaches it. */
const lookMs = 60_000;

/**
 * Updates by webhook. A request is answered as soon as the update is kept, and the work is done after: Telegram
 * sends again what is not answered soon. What it cannot be given (not running yet, store out of order, too much
 * waiting) is answered with 503, so that Telegram brings it once more.
 */
export function createTelegramWebhook(parts: WebhookParts): TelegramWebhook {
  const { api, url, values, clock, log, report } = parts;
  let intake: UpdateIntake | undefined;
  let secret: Promise<string> | undefined;
  let hasRegistered = false;
  const theSecret = () => {
    secret ??= findSecret(parts).catch((fault) => {
      secret = undefined;
      throw fault;
    });
    return secret;
  };

  const handle = async (request: WebhookRequest): Promise<{ status: number }> => {
    if (!intake) return { status: 503 };
    if (!isSame(request.header(secretHeader) ?? '', await theSecret())) return { status: 401 };
    if (request.body.length > largestBody) return { status: 413 };
    const update = readUpdate(request.body);
    if (!update) return { status: 400 };
    if (!intake.hasRoom()) return { status: 503 };
    try {
      await intake.accept([update]);
    } catch (fault) {
      log.error(
        { ...request.trace, update: update.update_id, fault: messageOf(fault) },
        'an update could not be kept; Telegram brings it again',
      );
      return { status: 503 };
    }
    return { status: 200 };
  };

  /** Sees to it that Telegram knows our address; what keeps its updates from us, if it says so. */
  const register = async (): Promise<string | undefined> => {
    const ours = await theSecret();
    const fingerprint = digest(JSON.stringify([url, ours, allowedUpdates])).toString('hex');
    const info = await api.getWebhookInfo();
    if (info.url !== url || (await values.get(fingerprintKey)) !== fingerprint) {
      await api.setWebhook(url, { secret_token: ours, allowed_updates: allowedUpdates });
      await values.put(fingerprintKey, fingerprint);
      if (hasRegistered) {
        log.warn({ url, found: info.url ?? '' }, 'somebody else takes the updates of this bot: stop the other process');
      }
      hasRegistered = true;
      log.info({ url }, 'Telegram was told the address of the webhook');
      return undefined;
    }
    hasRegistered = true;
    const failedMs = clock.now().getTime() - (info.last_error_date ?? 0) * 1000;
    const fails = info.last_error_message !== undefined && failedMs < 2 * lookMs;
    return fails ? `Telegram cannot bring updates to ${url} (${info.last_error_message})` : undefined;
  };

  /** How long until the next look, in milliseconds. */
  const look = async (failures: number): Promise<number> => {
    try {
      const trouble = await register();
      report(trouble);
      if (trouble !== undefined) log.warn({}, trouble);
      return lookMs;
    } catch (thrown) {
      const failure = failureOf(thrown);
      const reason = failure?.reason ?? messageOf(thrown);
      report(`Telegram does not take ${url} as webhook (${reason})`);
      log.warn({ reason, failures }, 'the webhook could not be registered; it is tried again');
      const asked = failure?.kind === 'too-fast' ? failure.seconds * 1000 : 0;
      return Math.max(asked, Math.min(500 * 2 ** failures, longestPauseMs));
    }
  };

  return {
    webhook: { path: webhookPath, methods: ['POST'], handle },
    run: async (theIntake, signal) => {
      intake = theIntake;
      for (let failures = 1; !signal.aborted; ) {
        const pause = await look(failures);
        failures = pause === lookMs ? 1 : failures + 1;
        await clock.sleep(pause, signal);
      }
      intake = undefined;
    },
  };
}

const secretKey = 'telegram.webhook-secret';
const fingerprintKey = 'telegram.webhook-registered';

/** With several processes on one database the first one's secret holds for all. */
async function findSecret({ secret, values }: WebhookParts): Promise<string> {
  if (secret !== undefined) return secret;
  const made = randomBytes(32).toString('base64url');
  if (await values.putIfAbsent(secretKey, made)) return made;
  return (await values.get(secretKey)) ?? made;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** In constant time, whatever the lengths. */
function isSame(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

function readUpdate(body: Buffer): Update | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString());
    const isUpdate =
      typeof parsed === 'object' && parsed !== null && 'update_id' in parsed && Number.isSafeInteger(parsed.update_id);
    return isUpdate ? (parsed as Update) : undefined;
  } catch {
    return undefined;
  }
}
