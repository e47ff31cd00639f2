import { createHash } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import { noReply, type Reply } from './reply.ts';

/** The platforms repeat a message for about 15 seconds; nobody asks for it after a minute. */
const keptMs = 120_000;
/** How long another process is waited for: by then the platform has given up. */
const waitMs = 20_000;
/** How often a process looks whether another one has finished the answer. */
const lookMs = 150;
const working = 'working';

/** Makes sure that a message is handled once, by however many processes, and that each repeat gets the same answer. */
export interface HandledOnce {
  /**
   * The answer to the message with this identity. `handle` runs if nobody has begun on it; else the answer
   * of whoever has, as soon as it is there; nothing if that process never finishes. `handle` must not reject.
   */
  answer(identity: string, handle: () => Promise<Reply>): Promise<Reply>;
}

/** @param prefix Of the keys: the channel's name. */
export function createHandledOnce(prefix: string, values: KeyValueStore, clock: Clock): HandledOnce {
  const underWay = new Map<string, Promise<Reply>>();

  const elsewhere = async (key: string): Promise<Reply> => {
    const end = clock.now().getTime() + waitMs;
    while (clock.now().getTime() < end) {
      const kept = await values.get(key);
      if (kept === undefined) return noReply;
      if (kept !== working) return JSON.parse(kept);
      await clock.sleep(lookMs);
    }
    return noReply;
  };

  const begin = async (key: string, handle: () => Promise<Reply>): Promise<Reply> => {
    const until = () => new Date(clock.now().getTime() + keptMs);
    if (!(await values.putIfAbsent(key, working, until()))) return elsewhere(key);
    const reply = await handle();
    await values.put(key, JSON.stringify(reply), until());
    return reply;
  };

  return {
    answer(identity, handle) {
      const key = `${prefix}.answer:${createHash('sha256').update(identity).digest('base64url')}`;
      const present = underWay.get(key);
      if (present !== undefined) return present;
      const answer = begin(key, handle).finally(() => underWay.delete(key));
      underWay.set(key, answer);
      return answer;
    },
  };
}
