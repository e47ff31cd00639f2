import { sql } from 'kysely';
import type { FailedDelivery, Outbox, OutboxCounts } from '../announce/outbox.ts';
import { parseAddress } from '../subscribers/address.ts';
import { wordsOf, writeBroadcast } from './outbox-broadcasts.ts';
import { claimDeliveries, recoverDeliveries } from './outbox-claims.ts';
import { claimCorrections, settleCorrection } from './outbox-corrections.ts';
import { progressOf } from './outbox-progress.ts';
import { publish } from './outbox-publish.ts';
import { readjust } from './outbox-readjust.ts';
import { settle } from './outbox-settle.ts';
import type { Database, Queries } from './schema.ts';

/** The ledger of posts and deliveries in the database. */
export function createKyselyOutbox(database: Database): Outbox {
  const { db } = database;
  let claims = 0;

  return {
    async ledger() {
      // The revision first: should another process publish in between, publishing from this ledger fails.
      const revision = await readRevision(db);
      const posts = await db.selectFrom('posts').select(['id', 'source', 'title', 'fingerprint', 'present']).execute();
      const aliases = await db.selectFrom('post_aliases').selectAll().execute();
      const sources = await db.selectFrom('sources').select('id').execute();
      return {
        revision,
        known: {
          posts: new Map(posts.map((post) => [post.id, { ...post, present: post.present === 1 }])),
          aliases: new Map(aliases.map(({ alias, post_id }) => [alias, post_id])),
          sources: new Set(sources.map(({ id }) => id)),
        },
      };
    },

    revision: () => readRevision(db),

    publish: (publication) => publish(database, publication),

    broadcast: (broadcast) => writeBroadcast(database, broadcast),

    async held() {
      const rows = await db
        .selectFrom('posts')
        .select('content')
        .where('status', '=', 'held')
        .where('present', '=', 1)
        .orderBy('known_at')
        .orderBy('position')
        .execute();
      return rows.map((row) => JSON.parse(row.content));
    },

    async arrivals() {
      const rows = await db.selectFrom('posts').select(['id', 'known_at']).where('status', '!=', 'baseline').execute();
      return new Map(rows.map((row) => [row.id, new Date(Number(row.known_at))]));
    },

    claim(request) {
      claims += 1;
      return claimDeliveries(database, request, `${request.holder}:${claims}`);
    },

    settle: (settlements, now) => settle(database, settlements, now),

    claimCorrections: (request) => claimCorrections(db, request),

    settleCorrection: (...args) => settleCorrection(db, ...args),

    recover: (request) => recoverDeliveries(db, request),

    readjust: (now) => readjust(db, now),

    async counts(now): Promise<OutboxCounts> {
      const rows = await db
        .selectFrom('deliveries')
        .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      const count = new Map(rows.map((row) => [row.state, Number(row.count)]));
      const oldest = await db
        .selectFrom('deliveries')
        .select((eb) =>
          eb.fn.min(eb.case().when('due', '>', 0).then(eb.ref('due')).else(eb.ref('planned_at')).end()).as('due'),
        )
        .where('due', '<=', now.getTime())
        .executeTakeFirst();
      const lost = await db
        .selectFrom('deliveries')
        .select((eb) => eb.fn.sum<number | null>('unknowns').as('count'))
        // Written out, so that SQLite sees that the index of few rows will do.
        .where(sql<boolean>`unknowns > 0`)
        .executeTakeFirst();
      const of = (state: keyof OutboxCounts['byState']) => count.get(state) ?? 0;
      return {
        byState: {
          pending: of('pending'),
          sending: of('sending'),
          sent: of('sent'),
          unknown: of('unknown'),
          dead: of('dead'),
        },
        oldestDueMs: oldest?.due == null ? 0 : Math.max(0, now.getTime() - oldest.due),
        lostAnswers: Number(lost?.count ?? 0),
      };
    },

    progress: (now) => progressOf(db, now),

    async failures(limit) {
      const rows = await db
        .selectFrom('deliveries')
        .select(['id', 'address', 'state', 'reason', 'broadcast_id'])
        .where('state', 'in', ['dead', 'unknown'])
        .where('ended_at', 'is not', null)
        .orderBy('ended_at', 'desc')
        .limit(limit)
        .execute();
      if (rows.length === 0) return [];
      const ids = rows.map((row) => row.id);
      const titles = await db
        .selectFrom('delivery_posts')
        .innerJoin('posts', 'posts.id', 'delivery_posts.post_id')
        .select(['delivery_id', 'title'])
        .where('delivery_id', 'in', ids)
        .orderBy('delivery_posts.position')
        .execute();
      const words = await wordsOf(
        db,
        rows.map((row) => row.broadcast_id),
      );
      return rows.map(
        (row): FailedDelivery => ({
          id: String(row.id),
          address: parseAddress(row.address),
          state: row.state === 'dead' ? 'dead' : 'unknown',
          reason: row.reason ?? '',
          titles: [
            ...titles.filter((one) => one.delivery_id === row.id).map((one) => one.title),
            ...[words.get(row.broadcast_id ?? '')].filter((said) => said !== undefined),
          ],
        }),
      );
    },

    async retryFailures(now) {
      const result = await db
        .updateTable('deliveries')
        .set({
          state: 'pending',
          due: now.getTime(),
          ended_at: null,
          attempts: 0,
          unknowns: 0,
          crashes: 0,
          moved: 0,
          plain: 0,
        })
        .where('state', 'in', ['dead', 'unknown'])
        .where('ended_at', 'is not', null)
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },

    async prune(before) {
      // What never arrived needs no correction.
      await db
        .deleteFrom('corrections')
        .where('delivery_id', 'in', (eb) =>
          eb.selectFrom('deliveries').select('id').where('state', 'not in', ['sent', 'sending']),
        )
        .execute();
      await db.deleteFrom('pauses').where('until', '<', before.getTime()).execute();
      const result = await db
        .deleteFrom('deliveries')
        .where('state', 'in', ['sent', 'dead', 'unknown'])
        .where('ended_at', '<', before.getTime())
        .executeTakeFirst();
      await db
        .deleteFrom('broadcasts')
        .where('at', '<', before.getTime())
        .where('id', 'not in', (eb) =>
          eb
            .selectFrom('deliveries')
            .select('broadcast_id')
            .where('broadcast_id', 'is not', null)
            .$castTo<{ broadcast_id: string }>(),
        )
        .execute();
      return Number(result.numDeletedRows);
    },
  };
}

async function readRevision(db: Queries): Promise<number> {
  return (await db.selectFrom('ledger').select('revision').executeTakeFirstOrThrow()).revision;
}
