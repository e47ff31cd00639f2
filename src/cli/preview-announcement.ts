import { randomUUID } from 'node:crypto';
import { type AnnounceReport, createAnnouncer } from '../announce/announcer.ts';
import { createLeadership } from '../announce/leadership.ts';
import type { Config } from '../config/config.ts';
import { loadEnvironment } from '../config/load-environment.ts';
import { readConfig } from '../config/read-config.ts';
import { secretsIn } from '../config/secrets.ts';
import { systemClock } from '../kernel/clock.ts';
import { createLog } from '../kernel/create-log.ts';
import type { Log } from '../kernel/log.ts';
import { createSearchableCatalog } from '../searchable-catalog.ts';
import { openStore } from '../store/open-store.ts';
import { formatAddress } from '../subscribers/address.ts';
import type { Terminal } from './terminal.ts';

/** Prints what the bot would tell if it looked for news now; writes nothing to the database. */
export async function previewAnnouncement(
  { json }: { readonly json: boolean },
  { folder, stdout }: Terminal,
): Promise<void> {
  const environment = loadEnvironment(folder);
  const config = readConfig(environment);
  const log = createLog({ level: 'warn', secrets: secretsIn(environment), fileDescriptor: 2 });
  const report = await dryRun(config, folder, log);
  const document = {
    state: report.state,
    posts: report.news.map(({ id, title, url }) => ({ id, title, url })),
    baseline: report.baseline.length,
    deliveries: report.deliveries.map((delivery) => ({
      address: formatAddress(delivery.address),
      posts: delivery.posts.map(({ postId }) => postId),
    })),
  };
  stdout.write(
    json
      ? `${JSON.stringify(document)}\n`
      : [
          `${document.posts.length} new posts, ${document.deliveries.length} messages`,
          ...document.posts.map(({ title, url }) => `+ ${title} ${url}`),
          ...document.deliveries.map(({ address, posts }) => `> ${address} ${posts.join(' ')}`),
          '',
        ].join('\n'),
  );
}

async function dryRun(config: Config, folder: string, log: Log): Promise<AnnounceReport> {
  const clock = systemClock;
  const { book, outbox, leases, values, close } = await openStore(config.databaseUrl, { clock, log });
  try {
    const searchable = await createSearchableCatalog(config, { folder, clock, log, cache: values });
    await searchable.refresh(new AbortController().signal);
    const announcer = createAnnouncer({
      catalog: searchable.catalog,
      outbox,
      book,
      matcherFor: searchable.matcherFor,
      leadership: createLeadership({ leases, holder: randomUUID(), clock }),
      clock,
      log,
      timezone: config.timezone,
    });
    return await announcer.dryRun();
  } finally {
    await close();
  }
}
