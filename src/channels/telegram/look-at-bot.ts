import { messageOf } from '../../kernel/errors.ts';
import { failureOf } from './failure-of.ts';
import { createTelegramApi } from './telegram-api.ts';

/** A bot as the Bot API describes it. */
export interface BotState {
  /** Without the @. */
  readonly username: string;
  /** Where updates are brought to; undefined where they are polled. */
  readonly webhookUrl?: string;
  /** Updates that wait to be taken. */
  readonly waiting: number;
  /** The last time that an update could not be brought to the webhook. */
  readonly lastFault?: { readonly at: Date; readonly message: string };
}

/** What came of looking; reasons never hold the token. */
export type BotLook =
  | { readonly kind: 'found'; readonly bot: BotState }
  /** The API knows no bot of this token. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** No answer, or none of a Bot API. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Asks who the bot is and how its updates travel, changing nothing. Never rejects for what the API says. */
export async function lookAtBot(options: {
  readonly token: string;
  readonly apiRoot: string;
  readonly timeoutSeconds?: number;
}): Promise<BotLook> {
  const api = createTelegramApi({ timeoutSeconds: 10, ...options });
  try {
    const [{ username }, webhook] = await Promise.all([api.getMe(), api.getWebhookInfo()]);
    const { url = '', pending_update_count: waiting, last_error_date: at, last_error_message: message } = webhook;
    return {
      kind: 'found',
      bot: {
        username,
        waiting,
        ...(url !== '' && { webhookUrl: url }),
        ...(at !== undefined && message !== undefined && { lastFault: { at: new Date(at * 1000), message } }),
      },
    };
  } catch (thrown) {
    const failure = failureOf(thrown);
    const reason = failure?.reason ?? messageOf(thrown);
    return { kind: failure?.kind === 'unauthorized' ? 'refused' : 'unreachable', reason };
  }
}
