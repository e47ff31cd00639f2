import type { DeliveryOutcome } from '../../src/announce/deliverer.ts';
import type { OutboxCounts } from '../../src/announce/outbox.ts';
import { measuredDeliverer, measuredSearches } from '../../src/server/measured.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import { parseAddress } from '../../src/subscribers/address.ts';
import { createQuickIndex } from '../support/quick-index.ts';
import { createTestDeliverer } from '../support/test-deliverer.ts';

const counts: OutboxCounts = {
  byState: { pending: 3, sending: 1, sent: 20, unknown: 0, dead: 2 },
  oldestDueMs: 1_500,
  lostAnswers: 4,
};

describe('metrics', () => {
  it('show the outbox as it is at the scrape, by one look for all of its figures', async () => {
    const metrics = createMetrics();
    let looks = 0;
    metrics.watchOutbox(async () => {
      looks += 1;
      return counts;
    });
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/^postbell_outbox_deliveries\{state="pending"\} 3$/m);
    expect(text).toMatch(/^postbell_outbox_deliveries\{state="dead"\} 2$/m);
    expect(text).toMatch(/^postbell_outbox_oldest_due_seconds 1\.5$/m);
    expect(text).toMatch(/^postbell_outbox_lost_answers 4$/m);
    expect(looks).toBe(1);
    await metrics.registry.metrics();
    expect(looks).toBe(2);
  });

  it('leave the outbox out while the database is out of reach, and show the rest', async () => {
    const metrics = createMetrics();
    let isReachable = true;
    metrics.watchOutbox(async () => {
      if (!isReachable) throw new Error('no database');
      return counts;
    });
    await metrics.registry.metrics();
    isReachable = false;
    const text = await metrics.registry.metrics();
    expect(text).not.toMatch(/^postbell_outbox_/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    isReachable = true;
    expect(await metrics.registry.metrics()).toMatch(/^postbell_outbox_oldest_due_seconds 1\.5$/m);
  });

  it('tell the age of the catalog by the moment at which it was true', async () => {
    const metrics = createMetrics();
    metrics.catalogTrue(new Date('2026-01-02T03:04:05Z'));
    const text = await metrics.registry.metrics();
    expect(text).toMatch(
      new RegExp(`^postbell_catalog_true_timestamp_seconds ${Date.UTC(2026, 0, 2, 3, 4, 5) / 1000}$`, 'm'),
    );
  });

  it('count searches of the current index by what they found', async () => {
    const metrics = createMetrics();
    const index = createQuickIndex({ revision: '1', posts: [], problems: [] });
    const measured = measuredSearches(() => index, metrics);
    for (const text of ['LoRA', '微调']) measured().search({ text, limit: 5, offset: 0 });
    expect(measured()).toBe(measured());
    const figures = await metrics.registry.metrics();
    expect(figures).toMatch(/^postbell_search_seconds_count\{found="nothing"\} 2$/m);
  });

  it('count deliveries by channel and outcome', async () => {
    const metrics = createMetrics();
    const answer = (): DeliveryOutcome => ({ kind: 'gone', reason: 'blocked' });
    const deliverer = measuredDeliverer(createTestDeliverer({ channel: 'telegram', answer }), metrics);
    const message = { text: 'New', cards: [], actions: [] };
    const delivery = { id: '1', address: parseAddress('telegram:1'), message };
    await deliverer.deliver(delivery, new AbortController().signal);
    expect(await metrics.registry.metrics()).toMatch(
      /^postbell_deliveries_total\{channel="telegram",outcome="gone"\} 1$/m,
    );
  });
});
