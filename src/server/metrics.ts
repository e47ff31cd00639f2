import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DeliveryOutcome } from '../announce/deliverer.ts';
import type { OutboxCounts } from '../announce/outbox.ts';
import type { ChannelName } from '../subscribers/address.ts';

/** What an operator watches, and the functions with which the parts report it. No label holds anything of a person. */
export interface Metrics {
  readonly registry: Registry;
  /** An incoming message was answered. */
  answered(channel: ChannelName, seconds: number): void;
  answerFailed(channel: ChannelName): void;
  /** A search was made: how many posts answer it, and whether it brought near ones only. */
  searched(found: { readonly total: number; readonly nearest: boolean }, seconds: number): void;
  /** An attempt to deliver ended. */
  delivered(channel: ChannelName, outcome: DeliveryOutcome['kind']): void;
  /** The catalog was read and taken, or kept as it was. */
  catalogRead(result: 'changed' | 'unchanged' | 'refused', posts: number): void;
  /** At this moment the catalog is as its sources are: a reading has ended without trouble, changed or not. */
  catalogTrue(at: Date): void;
  /** Has the outbox counted at each scrape. While it can't be, its figures are missing and the others are not. */
  watchOutbox(counts: () => Promise<OutboxCounts>): void;
  /** A request of the HTTP server; `route` is its pattern, never the url. */
  requested(method: string, route: string, status: number, seconds: number): void;
  /** How many event streams of the web chat are open. */
  streamsOpen(count: number): void;
}

const seconds = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10];

/** A registry of its own each time, so that several apps can live in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const answers = new Histogram({
    name: 'postbell_answer_seconds',
    help: 'Time from a message to its answer, by channel.',
    labelNames: ['channel'],
    buckets: seconds,
    registers,
  });
  const answerFailures = new Counter({
    name: 'postbell_answer_failures_total',
    help: 'Messages that failed to be answered, by channel.',
    labelNames: ['channel'],
    registers,
  });
  const searches = new Histogram({
    name: 'postbell_search_seconds',
    help: 'Time of searches, by whether they found something, only something near, or nothing.',
    labelNames: ['found'],
    buckets: [0.0001, 0.0005, 0.002, 0.01, 0.05, 0.2],
    registers,
  });
  const deliveries = new Counter({
    name: 'postbell_deliveries_total',
    help: 'Attempts to deliver an announcement, by channel and outcome.',
    labelNames: ['channel', 'outcome'],
    registers,
  });
  const catalogReads = new Counter({
    name: 'postbell_catalog_reads_total',
    help: 'Readings of the catalog, by result; refused ones left the last good catalog in place.',
    labelNames: ['result'],
    registers,
  });
  const posts = new Gauge({ name: 'postbell_catalog_posts', help: 'Posts in the catalog.', registers });
  const trueAt = new Gauge({
    name: 'postbell_catalog_true_timestamp_seconds',
    help: 'When the catalog was last as its sources are; time() minus this is its age.',
    registers,
  });
  const requests = new Histogram({
    name: 'postbell_http_request_seconds',
    help: 'Time of HTTP requests, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: seconds,
    registers,
  });
  const streams = new Gauge({
    name: 'postbell_web_streams',
    help: 'Open event streams of the web chat.',
    registers,
  });

  return {
    registry,
    answered: (channel, took) => answers.observe({ channel }, took),
    answerFailed: (channel) => answerFailures.inc({ channel }),
    searched({ total, nearest }, took) {
      searches.observe({ found: nearest ? 'near' : total > 0 ? 'some' : 'nothing' }, took);
    },
    delivered: (channel, outcome) => deliveries.inc({ channel, outcome }),
    catalogRead(result, count) {
      catalogReads.inc({ result });
      posts.set(count);
    },
    catalogTrue: (at) => trueAt.set(at.getTime() / 1000),
    watchOutbox: (counts) => watchOutbox(registry, counts),
    requested: (method, route, status, took) => requests.observe({ method, route, status }, took),
    streamsOpen: (count) => streams.set(count),
  };
}

function watchOutbox(registry: Registry, counts: () => Promise<OutboxCounts>): void {
  const registers = [registry];
  let looking: Promise<OutboxCounts | undefined> | undefined;
  // The figures of one scrape are of one look.
  const look = () => {
    looking ??= counts()
      .catch(() => undefined)
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };
  new Gauge({
    name: 'postbell_outbox_deliveries',
    help: 'Deliveries that are kept, by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      const found = await look();
      this.reset();
      for (const [state, count] of Object.entries(found?.byState ?? {})) this.set({ state }, count);
    },
  });
  new Gauge({
    name: 'postbell_outbox_oldest_due_seconds',
    help: 'How long the oldest delivery that is due has been due.',
    registers,
    async collect() {
      const found = await look();
      if (found) this.set(found.oldestDueMs / 1000);
      else this.remove();
    },
  });
  new Gauge({
    name: 'postbell_outbox_lost_answers',
    help: 'Answers of platforms that were lost, over all deliveries that are kept.',
    registers,
    async collect() {
      const found = await look();
      if (found) this.set(found.lostAnswers);
      else this.remove();
    },
  });
}
