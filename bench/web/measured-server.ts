import { readFileSync } from 'node:fs';
import fastify from 'fastify';
import { createWebChannel } from '../../src/channels/web/web-channel.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Catalog } from '../../src/posts/post.ts';
import { rememberSearches } from '../../src/search/remember-searches.ts';
import { createSearchIndex } from '../../src/search/search-indexer.ts';
import { createServer } from '../../src/server/create-server.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import { createMemoryInbox } from '../../tests/support/memory-inbox.ts';

/** What the process is started with, as JSON: the real server over this catalog, or a bare one that says a constant. */
export type MeasuredServer = { readonly catalogFile: string } | { readonly constant: string };

const what: MeasuredServer = JSON.parse(process.argv[2] ?? '{}');
const url = 'constant' in what ? await startBare(what.constant) : await startReal(what.catalogFile);
process.send?.(url);
process.once('disconnect', () => process.exit());

function startBare(constant: string): Promise<string> {
  const document: unknown = JSON.parse(constant);
  const server = fastify();
  server.get('/api/search', async () => document);
  return server.listen({ host: '127.0.0.1', port: 0 });
}

async function startReal(catalogFile: string): Promise<string> {
  const catalog: Catalog = JSON.parse(readFileSync(catalogFile, 'utf8'));
  // As the bot is composed: what was asked before is answered from memory.
  const index = rememberSearches(createSearchIndex(catalog));
  const unlimited = 1_000_000_000;
  const webChannel = createWebChannel({ inbox: createMemoryInbox(), clock: systemClock });
  void webChannel.run({ answer: async () => ({ text: '', cards: [], actions: [] }) }, new AbortController().signal);
  return createServer({
    host: '127.0.0.1',
    port: 0,
    catalog: () => catalog,
    index: () => index,
    clock: systemClock,
    readiness: async () => [],
    metrics: createMetrics(),
    webChannel,
    webhooks: [],
    log: silentLog,
    version: '0',
    // All load comes from one client here; the limits are counted all the same.
    limits: { readsPerMinute: unlimited, streamsPerClient: unlimited, streams: unlimited },
  }).start();
}
