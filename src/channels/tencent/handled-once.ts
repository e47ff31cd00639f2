import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Deadlines } from './deadlines.ts';
import { noReply, type Reply } from './reply.ts';

/** The platforms repeat a message for about 15 seconds. */
const shortestKeptMs = 120_000;
/** How long another process is waited for: by then the platform has given up. */
const waitMs = 20_000;
/** How often a process looks whether another one has finished the answer. */
const lookMs = 150;
/** A process that has not said for so long that it still works on an answer is no more, and the next try begins anew. */
const believedMs = 6_000;
const renewMs = 2_000;
const working = 'working';

/** Makes sure that a message is handled once, by however many processes, and that each repeat gets the same answer. */
export interface HandledOnce {
  /**
   * The answer to the message with this identity. `handle` runs if nobody has begun on it, or if who had is no more;
   * else the answer of whoever has, as soon as it is there. `handle` must not reject.
   */
  answer(identity: string, handle: () => Promise<Reply>): Promise<Reply>;
}

export interface HandledOnceParts {
  readonly values: KeyValueStore;
  readonly deadlines: Deadlines;
  readonly clock: Clock;
  /** How old a callback may be, or how far ahead; as long a copy of it that somebody kept could be sent again. */
  readonly windowSeconds: number;
}

/** @param prefix Of the keys: the channel's name. */
export function createHandledOnce(
  prefix: string,
  { values, deadlines, clock, windowSeconds }: HandledOnceParts,
): HandledOnce {
  const underWay = new Map<string, Promise<Reply>>();
  const keptMs = Math.max(shortestKeptMs, 2_000 * windowSeconds);
  const after = (ms: number) => new Date(clock.now().getTime() + ms);

  const begin = async (key: string, handle: () => Promise<Reply>): Promise<Reply> => {
    const end = after(waitMs);
    let kept: string | undefined;
    do {
      if (kept === undefined && (await values.putIfAbsent(key, working, after(believedMs)))) return work(key, handle);
      kept = await values.get(key);
      if (kept === working) await clock.sleep(lookMs);
      else if (kept !== undefined) return JSON.parse(kept);
    } while (clock.now() < end);
    return noReply;
  };

  const work = async (key: string, handle: () => Promise<Reply>): Promise<Reply> => {
    const handling = handle();
    let reply = await deadlines.within(handling, renewMs);
    while (!reply) {
      await values.put(key, working, after(believedMs));
      reply = await deadlines.within(handling, renewMs);
    }
    await values.put(key, JSON.stringify(reply), after(keptMs));
    return reply;
  };

  return {
    answer(identity, handle) {
      const key = `${prefix}.answer:${identity}`;
      const present = underWay.get(key);
      if (present !== undefined) return present;
      const answer = begin(key, handle).finally(() => underWay.delete(key));
      underWay.set(key, answer);
      return answer;
    },
  };
}
