import { type Kysely, sql } from 'kysely';
import type { ClaimedCorrection, ClaimRequest, Outbox } from '../announce/outbox.ts';
import { parseAddress } from '../subscribers/address.ts';
import { languages } from '../subscribers/subscriber.ts';
import { contentsOf, matchedOf } from './delivery-contents.ts';
import { chatKey } from './rows.ts';
import type { Tables } from './schema.ts';

/** Of so many times the limit one a chat is taken, so that a long list is not gone through for a few. */
const CANDIDATES = 10;

/** See `Outbox.claimCorrections`. */
export async function claimCorrections(
  db: Kysely<Tables>,
  request: ClaimRequest,
): Promise<readonly ClaimedCorrection[]> {
  const { channel, limit, leaseMs, except } = request;
  const now = request.now.getTime();
  const keys = except.map((chat) => chatKey({ channel, chat }));
  const { rows: taken } = await sql<Tables['corrections']>`
    with candidates as materialized (
      select c.delivery_id, c.chat_key
      from corrections as c
      inner join deliveries as d on d.id = c.delivery_id
      where c.channel = ${channel}
        and c.due <= ${now}
        and d.state = 'sent'
        and d.message_id is not null
        and not exists (
          select 1 from pauses
          where pauses.chat_key in (c.channel, c.chat_key) and pauses.until > ${now}
        )
        ${keys.length > 0 ? sql`and c.chat_key not in (${sql.join(keys)})` : sql``}
      order by c.due, c.delivery_id
      limit ${limit * CANDIDATES}
    ), picked as (
      select min(delivery_id) as delivery_id from candidates group by chat_key limit ${limit}
    )
    update corrections
    set due = ${now + leaseMs}, attempts = attempts + 1
    where delivery_id in (select delivery_id from picked)
    returning *
  `.execute(db);
  if (taken.length === 0) return [];
  const ids = taken.map((row) => row.delivery_id);
  const messages = await db
    .selectFrom('deliveries')
    .leftJoin('subscribers', 'subscribers.address', 'deliveries.address')
    .select(['deliveries.id', 'deliveries.address', 'message_id', 'language'])
    .where('deliveries.id', 'in', ids)
    .execute();
  const contents = await contentsOf(db, ids);
  return taken.flatMap(({ delivery_id, due, attempts }): readonly ClaimedCorrection[] => {
    const message = messages.find((one) => one.id === delivery_id);
    const told = contents.get(delivery_id) ?? [];
    if (!message || message.message_id === null || told.length === 0) return [];
    const language = languages.find((one) => one === message.language);
    return [
      {
        id: String(delivery_id),
        claim: due,
        address: parseAddress(message.address),
        messageId: message.message_id,
        content: {
          posts: told.map(({ post }) => post),
          matched: matchedOf(told),
          ...(language && { language }),
          digest: told.length > 1,
        },
        attempts: attempts - 1,
      },
    ];
  });
}

/** See `Outbox.settleCorrection`. */
export async function settleCorrection(
  db: Kysely<Tables>,
  ...[{ id, claim }, again]: Parameters<Outbox['settleCorrection']>
): Promise<void> {
  // One that was asked for meanwhile is due at once, and stays.
  if (again) {
    await db
      .updateTable('corrections')
      .set({ due: again.notBefore.getTime() })
      .where('delivery_id', '=', Number(id))
      .where('due', '=', claim)
      .execute();
  } else {
    await db.deleteFrom('corrections').where('delivery_id', '=', Number(id)).where('due', '=', claim).execute();
  }
}
