import { randomUUID } from 'node:crypto';
import { createAnnounceSchedule } from './announce/announce-schedule.ts';
import { createAnnouncer } from './announce/announcer.ts';
import { createDeliveryLoop } from './announce/delivery-loop.ts';
import { createLeadership } from './announce/leadership.ts';
import type { Channel } from './channels/channel.ts';
import { createTelegramChannel } from './channels/telegram/telegram-channel.ts';
import { webhookPath as telegramWebhookPath } from './channels/telegram/telegram-webhook.ts';
import { createWebChannel } from './channels/web/web-channel.ts';
import type { Config, TelegramConfig } from './config/read-config.ts';
import { commandDescriptions } from './conversation/command-descriptions.ts';
import { createAnnouncementComposer } from './conversation/compose-announcement.ts';
import { createConversation } from './conversation/create-conversation.ts';
import { loadPhrases } from './conversation/phrases/phrases.ts';
import type { Clock } from './kernel/clock.ts';
import { messageOf } from './kernel/errors.ts';
import type { Log } from './kernel/log.ts';
import { createSearchableCatalog } from './searchable-catalog.ts';
import { createServer } from './server/create-server.ts';
import { measuredConversation, measuredDeliverer } from './server/measured.ts';
import { createMetrics } from './server/metrics.ts';
import { openStore, type Store } from './store/open-store.ts';
import { version } from './version.ts';

export interface AppParts {
  /** What relative paths of the configuration are relative to. */
  readonly folder: string;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * Runs all of Postbell until the signal aborts; then ends what it has begun, in the order in which things
 * depend on each other, and resolves.
 *
 * @param listening is called once, with the server's url, when everything is up.
 * @throws ConfigError if a part cannot work as it is configured.
 */
export async function runApp(
  config: Config,
  { folder, log, clock }: AppParts,
  signal: AbortSignal,
  listening: (url: string) => void,
): Promise<void> {
  const store = await openStore(config.databaseUrl, { clock, log });
  try {
    await runParts(config, store, { folder, log, clock }, signal, listening);
  } finally {
    await store.close();
  }
}

async function runParts(
  config: Config,
  store: Store,
  { folder, log, clock }: AppParts,
  signal: AbortSignal,
  listening: (url: string) => void,
): Promise<void> {
  const { book, outbox, inbox, actions, values, leases } = store;
  const metrics = createMetrics();
  const phrases = loadPhrases();
  const searchable = await createSearchableCatalog(config, {
    folder,
    clock,
    log,
    cache: values,
    taken: ({ posts }) => metrics.catalogRead('changed', posts.length),
  });
  const { catalog, index } = searchable;

  const conversation = measuredConversation(
    createConversation({ catalog, index, book, clock, log, phrases, defaultLanguage: config.language }),
    metrics,
  );
  const web = createWebChannel({ inbox, clock });
  const telegram = config.telegram && telegramChannel(config, config.telegram);
  const channels: readonly Channel[] = [web, ...(telegram ? [telegram] : [])];

  const leadership = createLeadership({ leases, holder: randomUUID(), clock });
  const { timezone } = config;
  const announcer = createAnnouncer({
    catalog,
    outbox,
    book,
    matcherFor: searchable.matcherFor,
    leadership,
    clock,
    log,
    timezone,
  });
  const compose = createAnnouncementComposer({ phrases, defaultLanguage: config.language });
  const deliveries = createDeliveryLoop({
    outbox,
    deliverers: channels.flatMap(({ deliverer }) => (deliverer ? [measuredDeliverer(deliverer, metrics)] : [])),
    compose,
    leadership,
    clock,
    log,
    timezone,
  });
  const schedules = [
    createAnnounceSchedule({
      variable: 'ANNOUNCE_CRON',
      cron: config.announceCron,
      timezone,
      run: announcer.announce,
      log,
    }),
    createAnnounceSchedule({
      variable: 'CATALOG_REFRESH_CRON',
      cron: config.catalog.refreshCron,
      timezone,
      run: searchable.refresh,
      log,
    }),
  ];

  const server = createServer({
    ...config.server,
    catalog,
    index,
    readiness: () => troubles(store, [searchable, ...channels]),
    clock,
    metrics,
    webChannel: web,
    webhooks: telegram?.webhook ? [telegram.webhook] : [],
    log,
    version,
  });

  await searchable.refresh(signal);
  // What stands in the catalog at the first start is the baseline: known before the first tick, so that a
  // post added within the first minute is news.
  await announcer.announce(signal);

  const stop = new AbortController();
  const stopAll = () => stop.abort();
  signal.addEventListener('abort', stopAll, { once: true });
  if (signal.aborted) stopAll();
  const answering = channels.map((channel) => channel.run(conversation, stop.signal));
  try {
    const url = await server.start();
    const background = [
      searchable.watch(stop.signal),
      deliveries.run(stop.signal),
      ...schedules.map((one) => one.run(stop.signal)),
    ];
    listening(url);
    await Promise.all([...answering, ...background]);
  } finally {
    stopAll();
    await server.stop();
    await Promise.allSettled(answering);
  }

  function telegramChannel({ language, server, admins }: Config, telegram: TelegramConfig) {
    const { token, apiRoot, webhook, webhookSecret, pace } = telegram;
    return createTelegramChannel({
      token,
      apiRoot,
      defaultLanguage: language,
      transport: webhook
        ? {
            kind: 'webhook',
            url: `${server.publicUrl}${telegramWebhookPath}`,
            ...(webhookSecret !== undefined && { secret: webhookSecret }),
          }
        : { kind: 'polling' },
      pace,
      book,
      actions,
      values,
      clock,
      log,
      commandDescriptions: commandDescriptions(phrases),
      admins,
    });
  }
}

/** What keeps the app from doing its work right now. */
async function troubles(
  store: Store,
  parts: readonly { trouble?(): string | undefined }[],
): Promise<readonly string[]> {
  const reachable = await store.ping().then(
    () => undefined,
    (fault: unknown) => `the database can't be reached (${messageOf(fault)})`,
  );
  return [reachable, ...parts.map((part) => part.trouble?.())].filter((trouble) => trouble !== undefined);
}
