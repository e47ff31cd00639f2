import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import type { ActionStore } from '../message/action-store.ts';
import { type Command, commandNames } from '../message/command.ts';
import type { Database } from './schema.ts';

/** The commands of buttons, by a token made from the command itself. */
export function createKyselyActionStore({ db }: Database, clock: Clock): ActionStore {
  return {
    async keep({ name, argument, page }) {
      const command = JSON.stringify({ name, argument, page });
      const token = createHash('sha256').update(command).digest('base64url').slice(0, 22);
      const used_at = clock.now().getTime();
      await db
        .insertInto('actions')
        .values({ token, command, used_at })
        .onConflict((conflict) => conflict.column('token').doUpdateSet({ used_at }))
        .execute();
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
