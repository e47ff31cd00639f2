import { type Kysely, type Selectable, sql } from 'kysely';
import type { ClaimedDelivery, ClaimRequest, Outbox } from '../announce/outbox.ts';
import { parseAddress } from '../subscribers/address.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import { type Content, contentsOf, matchedOf } from './delivery-contents.ts';
import { stillWanted } from './kysely-subscriber-book.ts';
import { wordsOf } from './outbox-broadcasts.ts';
import { chatKey, subscriberOf } from './rows.ts';
import type { Database, Queries, Tables } from './schema.ts';

type Row = Selectable<Tables['deliveries']>;

/** See `Outbox.claim`. `claim` is a name that no other claim has. */
export async function claimDeliveries(
  database: Database,
  request: ClaimRequest,
  claim: string,
): Promise<readonly ClaimedDelivery[]> {
  const { db } = database;
  const rows = await take(database, request, claim);
  if (rows.length === 0) return [];
  const subscribers = await subscribersOf(db, rows);
  const contents = await contentsOf(
    db,
    rows.map((row) => row.id),
  );
  const words = await wordsOf(
    db,
    rows.map((row) => row.broadcast_id),
  );
  const claimed: ClaimedDelivery[] = [];
  const unwanted: number[] = [];
  for (const row of rows) {
    const subscriber = subscribers.get(row.address);
    const notice = words.get(row.broadcast_id ?? '');
    if (notice !== undefined && subscriber?.state === 'active' && subscriber.subscriptions.length > 0) {
      claimed.push(claimedOf(row, claim, subscriber, [], notice));
      continue;
    }
    const wanted = (contents.get(row.id) ?? []).filter(
      ({ matched }) => subscriber?.state === 'active' && stillWanted(matched, subscriber),
    );
    if (subscriber && wanted.length > 0) claimed.push(claimedOf(row, claim, subscriber, wanted));
    else unwanted.push(row.id);
  }
  if (unwanted.length > 0) {
    await db.deleteFrom('deliveries').where('id', 'in', unwanted).where('claim', '=', claim).execute();
  }
  return claimed;
}

/**
 * Marks rows as being sent, in one statement: in it the earliest that is due of each chat that is free. Written as SQL,
 * since building it anew took longer than running it.
 */
async function take({ db, locksRows }: Database, request: ClaimRequest, claim: string): Promise<readonly Row[]> {
  const { channel, limit, leaseMs, except } = request;
  const now = request.now.getTime();
  const keys = except.map((chat) => chatKey({ channel, chat }));
  const { rows } = await sql<Row>`
    with picked as materialized (
      select d.id
      from deliveries as d
      where d.channel = ${channel}
        and d.due <= ${now}
        and not exists (
          select 1 from deliveries as earlier
          where earlier.chat_key = d.chat_key and earlier.due <= ${now} and (earlier.due, earlier.id) < (d.due, d.id)
        )
        and not exists (
          select 1 from deliveries as sending
          where sending.chat_key = d.chat_key and sending.claim is not null
        )
        and not exists (
          select 1 from pauses
          where pauses.chat_key in (d.channel, d.chat_key) and pauses.until > ${now}
        )
        ${keys.length > 0 ? sql`and d.chat_key not in (${sql.join(keys)})` : sql``}
      order by d.due, d.id
      limit ${limit}
      ${locksRows ? sql`for update of d skip locked` : sql``}
    )
    update deliveries
    set state = 'sending', claim = ${claim}, lease_until = ${now + leaseMs}, due = null, bundle = null
    where id in (select id from picked)
    returning *
  `.execute(db);
  return [...rows].sort((one, other) => one.id - other.id);
}

async function subscribersOf(db: Queries, rows: readonly Row[]): Promise<ReadonlyMap<string, Subscriber>> {
  const addresses = new Set(rows.map((row) => row.address));
  const found = await sql<Selectable<Tables['subscribers']>>`
    select * from subscribers where address in (${sql.join([...addresses])})
  `.execute(db);
  return new Map(found.rows.map((row) => [row.address, subscriberOf(row)]));
}

function claimedOf(
  row: Row,
  claim: string,
  subscriber: Subscriber,
  contents: readonly Content[],
  notice?: string,
): ClaimedDelivery {
  const { language, settings } = subscriber;
  return {
    id: String(row.id),
    claim,
    address: parseAddress(row.address),
    content: {
      posts: contents.map(({ post }) => post),
      matched: matchedOf(contents),
      ...(language && { language }),
      ...(notice !== undefined && { notice }),
      digest: contents.length > 1,
    },
    ...(settings && { settings }),
    replan: row.replan === 1,
    history: {
      attempts: row.attempts,
      unknowns: row.unknowns,
      moved: row.moved === 1,
      plain: row.plain === 1,
    },
  };
}

/** See `Outbox.recover`. */
export async function recoverDeliveries(
  db: Kysely<Tables>,
  { now, crashLimit, leader, inHand = [] }: Parameters<Outbox['recover']>[0],
): Promise<number> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['id', 'claim', 'crashes'])
    .where('claim', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('lease_until', '<=', now.getTime()),
        ...(leader === undefined ? [] : [eb('claim', 'not like', `${leader}:%`)]),
      ]),
    )
    .execute();
  const kept = new Set(inHand);
  const abandoned = rows.filter((row) => !kept.has(String(row.id)));
  for (const { id, claim, crashes } of abandoned) {
    const over = crashes + 1 >= crashLimit;
    await db
      .updateTable('deliveries')
      .set({
        state: 'unknown',
        claim: null,
        lease_until: null,
        crashes: crashes + 1,
        due: over ? null : 0,
        ended_at: over ? now.getTime() : null,
        reason: 'the process ended while it was sending this',
      })
      .where('id', '=', id)
      .where('claim', '=', claim)
      .execute();
  }
  return abandoned.length;
}
