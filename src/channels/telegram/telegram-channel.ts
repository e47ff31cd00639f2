import type { Api } from 'grammy';
import type { Deliverer, Pace } from '../../announce/deliverer.ts';
import type { CommandDescription } from '../../conversation/command-descriptions.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import { loadPhrases, type Phrases } from '../../conversation/phrases/phrases.ts';
import type { Clock } from '../../kernel/clock.ts';
import { ConfigError, messageOf } from '../../kernel/errors.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Log } from '../../kernel/log.ts';
import type { ActionStore } from '../../message/action-store.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Language } from '../../subscribers/subscriber.ts';
import type { SubscriberBook } from '../../subscribers/subscriber-book.ts';
import type { Channel } from '../channel.ts';
import type { Webhook } from '../webhook.ts';
import { createAdministrators } from './administrators.ts';
import { createAnswerTraffic } from './answer-traffic.ts';
import { createTelegramDeliverer } from './deliverer.ts';
import { failureOf } from './failure-of.ts';
import { createGivenAnswers } from './given-answers.ts';
import { createUpdateHandler } from './handle-update.ts';
import { createInlineAnswers } from './inline-answers.ts';
import { createMiniApp } from './mini-app.ts';
import { openIntake } from './open-intake.ts';
import { longPollSeconds, pollUpdates } from './poll-updates.ts';
import { registerProfile } from './register-profile.ts';
import type { CoverOf } from './render.ts';
import { createReplier } from './replier.ts';
import { createTelegramApi, grammySignal } from './telegram-api.ts';
import { createTelegramWebhook } from './telegram-webhook.ts';
import type { Self } from './to-incoming.ts';

export interface TelegramChannelOptions {
  readonly token: string;
  /** `https://api.telegram.org`, or a Bot API server of one's own; a slash at the end does not matter. */
  readonly apiRoot: string;
  /** For the list of commands that people of other languages see. */
  readonly defaultLanguage: Language;
  /** `url` is the public https address of the webhook's path; a missing secret is made and kept. */
  readonly transport:
    | { readonly kind: 'polling' }
    | { readonly kind: 'webhook'; readonly url: string; readonly secret?: string };
  readonly pace: Pace;
  readonly book: SubscriberBook;
  readonly actions: ActionStore;
  /** Keys under `telegram.`: the webhook's secret, updates that are being handled, answers given, commands as last registered. */
  readonly values: KeyValueStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly commandDescriptions: readonly CommandDescription[];
  /** Listed for admins on top; none by default. */
  readonly adminCommandDescriptions?: readonly CommandDescription[];
  readonly phrases?: Phrases;
  /** The address of a card's picture where it brings none along; none by default. */
  readonly coverOf?: CoverOf;
  /** The same in a square, for lists; none by default. */
  readonly thumbnailOf?: CoverOf;
  /** The server's own address; an https one brings the Mini App to the menu button and to answers. */
  readonly publicUrl?: string;
  /** They may manage any group; addresses of other channels are passed over. */
  readonly admins?: readonly Address[];
}

export interface TelegramChannel extends Channel {
  readonly name: 'telegram';
  readonly deliverer: Deliverer;
  /** To be mounted on the HTTP server; absent where updates are polled. */
  readonly webhook?: Webhook;
  trouble(): string | undefined;
}

/** Seconds; a send takes some 100 ms, and a file server behind a slow line a few seconds. */
const callSeconds = 20;
/** How long answers that are begun may take when the process is to end. */
const graceMs = 10_000;
const hurriedMs = 2_000;
const longestPauseMs = 30_000;

/**
 * Telegram over the Bot API. `run` rejects with a ConfigError that names TELEGRAM_BOT_TOKEN if Telegram refuses the
 * token at the start; a network that is down is waited for.
 */
export function createTelegramChannel(options: TelegramChannelOptions): TelegramChannel {
  const { token, apiRoot, transport, pace, book, actions, values, clock, defaultLanguage } = options;
  const { phrases = loadPhrases(), coverOf = () => undefined, thumbnailOf = () => undefined, admins = [] } = options;
  const log = options.log.child({ channel: 'telegram' });
  const api = createTelegramApi({ token, apiRoot, timeoutSeconds: callSeconds });
  const traffic = createAnswerTraffic();
  let trouble: string | undefined = 'not yet connected to Telegram';
  let username: string | undefined;
  const report = (now: string | undefined) => {
    trouble = now;
  };
  const hook =
    transport.kind === 'webhook' ? createTelegramWebhook({ ...transport, api, values, clock, log, report }) : undefined;

  const run = async (conversation: Conversation, signal: AbortSignal): Promise<void> => {
    const self = await findSelf(api, { clock, log, report }, signal);
    if (!self) return;
    username = self.username;
    log.info({ username: self.username, transport: transport.kind }, 'connected to Telegram');
    const hurry = new AbortController();
    const miniApp = createMiniApp(options.publicUrl, self);
    const inline = createInlineAnswers({
      api,
      conversation,
      phrases,
      actions,
      username: self.username,
      miniApp,
      coverOf,
      thumbnailOf,
      defaultLanguage,
      log,
      signal: hurry.signal,
    });
    const answers = createGivenAnswers({ values, clock, log, signal });
    const handle = createUpdateHandler({
      self,
      miniApp,
      conversation,
      inline,
      replier: createReplier({ api, traffic, clock, log, moved: (from, to) => book.move(from, to) }),
      administrators: createAdministrators(api, clock, log),
      answers,
      book,
      actions,
      values,
      coverOf,
      clock,
      log,
      admins,
      signal,
      hurry: hurry.signal,
    });
    const { intake, close } = await openIntake({
      transport: transport.kind,
      values,
      clock,
      log,
      handle,
      atOnce: ({ update_id: update, callback_query: press, inline_query: query }) => {
        if (press) answerPress(api, press.id, log.child({ update }));
        if (query) inline.arrived(query);
      },
      signal,
    });
    const registering = registerProfile({
      api,
      self,
      commands: options.commandDescriptions,
      adminCommands: options.adminCommandDescriptions ?? [],
      admins,
      publicUrl: options.publicUrl,
      phrases,
      defaultLanguage,
      values,
      log,
      signal,
    });
    if (hook) {
      await hook.run(intake, signal);
    } else {
      const poller = createTelegramApi({ token, apiRoot, timeoutSeconds: longPollSeconds + callSeconds });
      await pollUpdates({ api: poller, intake, clock, log, report }, signal);
    }
    await endInTime([close().then(answers.settled), registering], hurry);
  };

  /** What hangs beyond the grace is given up; it stays in the journal. */
  const endInTime = async (ending: readonly Promise<void>[], hurry: AbortController): Promise<void> => {
    const ended = new AbortController();
    const end = Promise.all(ending).finally(() => ended.abort());
    await Promise.race([end, clock.sleep(graceMs, ended.signal)]);
    if (ended.signal.aborted) return;
    hurry.abort();
    await Promise.race([end, clock.sleep(hurriedMs, ended.signal)]);
    if (!ended.signal.aborted) log.warn({}, 'answers that hang are left to the next start');
  };

  return {
    name: 'telegram',
    deliverer: createTelegramDeliverer({
      api,
      answers: traffic,
      pace,
      actions,
      clock,
      username: () => username,
      coverOf,
    }),
    ...(hook && { webhook: hook.webhook }),
    run,
    trouble: () => trouble,
  };
}

interface Reporting {
  readonly clock: Clock;
  readonly log: Log;
  readonly report: (trouble: string | undefined) => void;
}

/** Who we are at Telegram; undefined if the signal aborts before it could be asked. */
async function findSelf(api: Api, { clock, log, report }: Reporting, signal: AbortSignal): Promise<Self | undefined> {
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      const { id, username, has_main_web_app: hasMainApp = false } = await api.getMe(grammySignal(signal));
      report(undefined);
      return { id, username, hasMainApp };
    } catch (thrown) {
      const failure = failureOf(thrown);
      const reason = failure?.reason ?? messageOf(thrown);
      if (failure?.kind === 'unauthorized') {
        throw new ConfigError(
          `TELEGRAM_BOT_TOKEN: Telegram refuses it (${reason}); copy the token again from @BotFather`,
        );
      }
      if (signal.aborted) break;
      report(`Telegram cannot be reached (${reason})`);
      log.warn({ reason, failures }, 'Telegram cannot be reached; it is tried again');
      const asked = failure?.kind === 'too-fast' ? failure.seconds * 1000 : 0;
      await clock.sleep(Math.max(asked, Math.min(250 * 2 ** failures, longestPauseMs)), signal);
    }
  }
  return undefined;
}

/** Ends the spinning of a pressed button at once; the answer itself comes in its turn. */
function answerPress(api: Api, pressId: string, log: Log): void {
  api.answerCallbackQuery(pressId).catch((thrown: unknown) => {
    log.debug({ reason: failureOf(thrown)?.reason ?? messageOf(thrown) }, 'a press could not be answered');
  });
}
