import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import type { ActionStore } from '../message/action-store.ts';
import { type Command, commandNames } from '../message/command.ts';
import type { Database } from './schema.ts';

/** Tokens that are known to be kept, so that an announcement does not write the same button for each reader. */
const REMEMBERED = 1_000;
/** Buttons older than this may no longer work. */
const KEPT_MS = 180 * 24 * 60 * 60_000;

/** The commands of buttons, by a token made from the command itself. */
export function createKyselyActionStore({ db }: Database, clock: Clock): ActionStore {
  const remembered = new Set<string>();

  async function write(token: string, command: string): Promise<void> {
    const used_at = clock.now().getTime();
    await db
      .deleteFrom('actions')
      .where('used_at', '<', used_at - KEPT_MS)
      .execute();
    await db
      .insertInto('actions')
      .values({ token, command, used_at })
      .onConflict((conflict) => conflict.column('token').doUpdateSet({ used_at }))
      .execute();
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.add(token);
  }

  return {
    async keep({ name, argument, page }) {
      const command = JSON.stringify({ name, argument, page });
      const token = createHash('sha256').update(command).digest('base64url').slice(0, 22);
      if (!remembered.has(token)) await write(token, command);
      return token;
    },

    async find(token) {
      const row = await db.selectFrom('actions').select('command').where('token', '=', token).executeTakeFirst();
      if (!row) return undefined;
      const command: Command = JSON.parse(row.command);
      // A release without this command may read what a later one has kept.
      return commandNames.includes(command.name) ? command : undefined;
    },
  };
}
