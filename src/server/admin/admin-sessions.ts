import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';

const linkMinutes = 10;
const sessionDays = 7;

/** Who may see the dashboard: whoever holds a one-time link, and then the session that it was exchanged for. */
export interface AdminSessions {
  /** A secret for one link, good once within ten minutes. */
  mintToken(): Promise<string>;
  /** The secret of a new session in exchange for a link's; undefined if that is unknown, too old or used. */
  redeem(token: string): Promise<string | undefined>;
  isOpen(session: string): Promise<boolean>;
  close(session: string): Promise<void>;
}

/** Only digests are stored: who reads the database can open neither link nor session. */
export function createAdminSessions({ values, clock }: { values: KeyValueStore; clock: Clock }): AdminSessions {
  const inMinutes = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000);

  return {
    async mintToken() {
      const token = makeSecret();
      await values.put(keyOf('link', token), '', inMinutes(linkMinutes));
      return token;
    },

    async redeem(token) {
      if ((await values.get(keyOf('link', token))) === undefined) return undefined;
      // Of two who press at the same moment one gets in.
      const first = await values.putIfAbsent(keyOf('used-link', token), '', inMinutes(linkMinutes));
      if (!first) return undefined;
      await values.remove(keyOf('link', token));
      const session = makeSecret();
      await values.put(keyOf('session', session), '', inMinutes(sessionDays * 24 * 60));
      return session;
    },

    isOpen: async (session) => (await values.get(keyOf('session', session))) !== undefined,
    close: (session) => values.remove(keyOf('session', session)),
  };
}

function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

function keyOf(kind: string, secret: string): string {
  return `admin.${kind}.${createHash('sha256').update(secret).digest('base64url')}`;
}
