import { createAdminNotices } from './announce/admin-notices.ts';
import { createAnnounceSchedule } from './announce/announce-schedule.ts';
import type { ComposeAnnouncement } from './announce/announcement-content.ts';
import type { Config } from './config/config.ts';
import { createAnnouncementComposer } from './conversation/compose-announcement.ts';
import type { Conversation } from './conversation/conversation.ts';
import { createConversation } from './conversation/create-conversation.ts';
import { describedCards, describedConversation } from './conversation/described-cards.ts';
import { loadPhrases } from './conversation/phrases/phrases.ts';
import { createAdminDesk } from './create-admin-desk.ts';
import { createAnnouncing } from './create-announcing.ts';
import { createCardCovers } from './create-card-covers.ts';
import { createChannels } from './create-channels.ts';
import type { Clock } from './kernel/clock.ts';
import { messageOf } from './kernel/errors.ts';
import type { Log } from './kernel/log.ts';
import type { Message } from './message/message.ts';
import type { Post } from './posts/post.ts';
import { postId } from './posts/post-id.ts';
import { postWithId } from './posts/post-with-id.ts';
import { createSearchableCatalog } from './searchable-catalog.ts';
import { signInPath } from './server/admin/admin-routes.ts';
import { createAdminSessions } from './server/admin/admin-sessions.ts';
import { cardPreviews } from './server/admin/card-previews.ts';
import { postIdOfCountedLink, withCountedLinks } from './server/counted-links.ts';
import { createServer } from './server/create-server.ts';
import { measuredConversation, measuredSearches } from './server/measured.ts';
import { createMetrics } from './server/metrics.ts';
import { createQueryLog } from './server/query-log.ts';
import { openStore, type Store } from './store/open-store.ts';
import type { Language } from './subscribers/subscriber.ts';
import { version } from './version.ts';

export interface AppParts {
  /** What relative paths of the configuration are relative to. */
  readonly folder: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Takes the secrets of the configuration out of a text that somebody is to see. */
  readonly hide: (text: string) => string;
}

/** Where the server can be reached. */
export interface Listening {
  readonly url: string;
  /** Opens the dashboard once, within ten minutes: a secret. */
  readonly signInUrl: string;
}

/**
 * Runs all of Postbell until the signal aborts; then ends what it has begun, in the order in which things
 * depend on each other, and resolves.
 *
 * @param listening is called once when everything is up.
 * @throws ConfigError if a part cannot work as it is configured.
 */
export async function runApp(
  config: Config,
  parts: AppParts,
  signal: AbortSignal,
  listening: (at: Listening) => void,
): Promise<void> {
  const store = await openStore(config.databaseUrl, parts);
  try {
    await runOn(store, config, parts, signal, listening);
  } finally {
    await store.close();
  }
}

async function runOn(
  store: Store,
  config: Config,
  parts: AppParts,
  signal: AbortSignal,
  listening: (at: Listening) => void,
): Promise<void> {
  const app = await assemble(store, config, parts, signal);
  const { channels, searchable, deliveries, schedules, queries, server } = app;
  await app.refresh(signal);
  // What stands in the catalog at the first start is the baseline, made known before anyone is answered: a
  // post that is added within the first minute is news then.
  await app.announce(signal);

  const stop = new AbortController();
  const stopAll = () => stop.abort();
  signal.addEventListener('abort', stopAll, { once: true });
  if (signal.aborted) stopAll();
  const running = channels.all.map((channel) => channel.run(app.answering, stop.signal));
  try {
    const at = await app.listen();
    running.push(searchable.watch(stop.signal), deliveries.run(stop.signal), queries.run(stop.signal));
    running.push(...schedules.map((schedule) => schedule.run(stop.signal)));
    listening(at);
    await Promise.all(running);
  } finally {
    stopAll();
    await server.stop();
    await Promise.allSettled(running);
  }
}

/** Makes all parts, each of those before it; nothing runs yet. */
async function assemble(store: Store, config: Config, { folder, log, clock, hide }: AppParts, signal: AbortSignal) {
  const { timezone, language, server: address } = config;
  const metrics = createMetrics();
  metrics.watchOutbox(() => store.outbox.counts(clock.now()));
  const phrases = loadPhrases();
  const searchable = await createSearchableCatalog(config, {
    folder,
    clock,
    log,
    cache: store.values,
    // Reading goes on meanwhile.
    troubled: () => void tellAdmins(signal),
    taken: ({ posts }) => metrics.catalogRead('changed', posts.length),
  });
  const { catalog } = searchable;
  const postOf = (id: string) => postWithId(catalog(), id);
  const { covers, descriptionOf, ...covered } = createCardCovers(config, { folder, postOf, clock, log, signal });
  const channels = createChannels(config, {
    ...covered,
    store,
    phrases,
    postIdOf: (url) =>
      postIdOfCountedLink(url, address.publicUrl ?? '') ?? (URL.canParse(url) ? postId(url) : undefined),
    clock,
    log,
  });

  const opens = address.countOpens ? store.opens : undefined;
  /** The last touch to what is said, whoever says it. */
  const withLinks = (message: Message) => (opens ? withCountedLinks(message, address.publicUrl ?? '') : message);
  const composed = createAnnouncementComposer({ phrases, defaultLanguage: language });
  const compose: ComposeAnnouncement = (content) => withLinks(describedCards(composed(content), descriptionOf));
  const { announcer, broadcaster, deliveries } = createAnnouncing(config, {
    store,
    searchable,
    deliverers: channels.deliverers,
    compose,
    metrics,
    clock,
    log,
    hide,
    alarm: (stop) => tellAdmins(stop),
  });

  const queries = createQueryLog({ kept: store.queries, days: address.keepQueriesDays, clock, log });
  const sessions = createAdminSessions({ values: store.values, clock });
  const signInAt = async (url: string) => url + signInPath(await sessions.mintToken());
  let reachedAt = address.publicUrl;
  const signInLink = async () => signInAt(reachedAt ?? '');
  const desk = createAdminDesk({ ...store, announcer, broadcaster, searchable, queries, clock, signInLink });
  let arrivals = await store.outbox.arrivals();
  const conversation = measuredConversation(
    createConversation({
      catalog,
      index: queries.watch(measuredSearches(searchable.index, metrics)),
      arrivals: () => arrivals,
      book: store.book,
      clock,
      log,
      phrases,
      timezone,
      defaultLanguage: language,
      admins: config.admins,
      desk,
    }),
    metrics,
  );
  const described = describedConversation(conversation, descriptionOf);
  const answering: Conversation = {
    answer: async (incoming, stop) => withLinks(await described.answer(incoming, stop)),
  };
  const tellAdmins = createAdminNotices({
    admins: config.admins,
    deliverers: channels.deliverers,
    messageFor: (admin) =>
      conversation.answer(
        {
          address: admin,
          place: 'private',
          mayManage: true,
          input: { command: { name: 'announce', argument: '', page: 0 } },
        },
        signal,
      ),
    clock,
    log,
  });

  const announce = async (stop: AbortSignal) => {
    await announcer.announce(stop);
    arrivals = await store.outbox.arrivals();
  };
  const refresh = async (stop: AbortSignal) => {
    await searchable.refresh(stop);
    if (searchable.trouble() === undefined) metrics.catalogTrue(clock.now());
  };
  const schedules = [
    createAnnounceSchedule({ variable: 'ANNOUNCE_CRON', cron: config.announce.cron, timezone, run: announce, log }),
    createAnnounceSchedule({
      variable: 'CATALOG_REFRESH_CRON',
      cron: config.catalog.refreshCron,
      timezone,
      run: refresh,
      log,
    }),
  ];
  const previewsOf = (post: Post, spoken: Language) => {
    const matched = [{ kind: 'everything' as const }];
    const message = compose({ posts: [post], matched, language: spoken, digest: false });
    const pictures = { everywhere: () => covers.urlOf(post, 'wide'), here: () => covers.pathOf(post, 'card') };
    return cardPreviews(message, pictures);
  };
  const server = createServer({
    ...address,
    catalog,
    // The API counts what it is asked by itself, answers from memory included; feed readers ask nothing.
    index: searchable.index,
    arrivals: () => arrivals,
    covers,
    readiness: async () => (await troubles(store, [searchable, ...channels.all])).map(hide),
    metrics,
    webChannel: channels.web,
    webhooks: channels.webhooks,
    book: store.book,
    telegramUser: channels.telegramUser,
    opens,
    admin: { sessions, queries, opens, previewsOf, book: store.book, desk, timezone },
    clock,
    log,
    version,
  });
  /** The last to be called: from then on there are requests. */
  const listen = async (): Promise<Listening> => {
    const url = await server.start();
    reachedAt ??= url;
    return { url, signInUrl: await signInAt(url) };
  };
  return { channels, searchable, deliveries, schedules, queries, server, answering, listen, refresh, announce };
}

/** What keeps the app from doing its work right now. */
async function troubles(
  store: Store,
  parts: readonly { trouble?(): string | undefined }[],
): Promise<readonly string[]> {
  const unwritable = await store.probe().then(
    () => undefined,
    (fault: unknown) => `the database can't be written (${messageOf(fault)})`,
  );
  return [unwritable, ...parts.map((part) => part.trouble?.())].filter((trouble) => trouble !== undefined);
}
