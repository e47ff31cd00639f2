import type { Api } from 'grammy';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { Log, Trace } from '../../kernel/log.ts';
import { failureOf } from './failure-of.ts';

/** Who administers a group, asked of Telegram and remembered for some minutes. */
export interface Administrators {
  has(chat: string, userId: number, trace: Trace): Promise<boolean>;
  /** What is remembered of a chat may no longer be true. */
  forget(chat: string): void;
}

const rememberedMs = 5 * 60_000;
const mostRemembered = 1_000;

export function createAdministrators(api: Api, clock: Clock, log: Log): Administrators {
  const remembered = new Map<string, { readonly ids: Promise<ReadonlySet<number>>; readonly until: number }>();

  const ask = async (chat: string, trace: Trace): Promise<ReadonlySet<number>> => {
    try {
      return new Set((await api.getChatAdministrators(Number(chat))).map(({ user }) => user.id));
    } catch (thrown) {
      // Who cannot be shown to be an administrator is treated as none.
      remembered.delete(chat);
      const reason = failureOf(thrown)?.reason ?? messageOf(thrown);
      log.warn({ ...trace, chat, reason }, 'the administrators of a group could not be asked for');
      return new Set();
    }
  };

  return {
    has: async (chat, userId, trace) => {
      const now = clock.now().getTime();
      const known = remembered.get(chat);
      const { ids } = known && known.until > now ? known : { ids: ask(chat, trace) };
      if (ids !== known?.ids) {
        const [oldest] = remembered.keys();
        if (remembered.size >= mostRemembered && oldest !== undefined) remembered.delete(oldest);
        remembered.delete(chat);
        remembered.set(chat, { ids, until: now + rememberedMs });
      }
      return (await ids).has(userId);
    },
    forget: (chat) => {
      remembered.delete(chat);
    },
  };
}
