import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Log } from '../../kernel/log.ts';
import { createGatheredWriter } from './gathered-writer.ts';

/**
 * Which message of ours answers which question, so that an edited question changes its answer: after a restart, and in
 * another process behind the same webhook.
 */
export interface GivenAnswers {
  /** The id of the answer; undefined where it is no longer known. */
  find(chat: string, question: number): Promise<number | undefined>;
  /** Kept in the background: a process that dies at once may lose it, and a new answer is given then. */
  note(chat: string, question: number, answer: number): void;
  forget(chat: string): Promise<void>;
  /** Resolves when all that was noted is kept, or cannot be. */
  settled(): Promise<void>;
}

interface GivenAnswersParts {
  readonly values: KeyValueStore;
  readonly clock: Clock;
  readonly log: Log;
  /** From then on nothing is gathered any more. */
  readonly signal: AbortSignal;
}

/** Ids of questions and their answers, oldest first. */
type Pairs = readonly (readonly [question: number, answer: number])[];

/** Of one chat: who edits an older question asks anew. */
const mostOfChat = 20;
const mostChats = 2_000;
/** So long may a person edit what they wrote. */
const keptMs = 48 * 60 * 60_000;
/** Under load a chat is written once in so long: written at each answer it costs a tenth of all the work. */
const gatherMs = 500;

const keyOf = (chat: string) => `telegram.answers.${chat}`;

export function createGivenAnswers({ values, clock, log, signal }: GivenAnswersParts): GivenAnswers {
  /** Chats that spoke last stand last. */
  const known = new Map<string, Pairs>();
  const unwritten = new Map<string, Pairs>();
  const writer = createGatheredWriter({
    put: async () => {
      const chats = [...unwritten];
      unwritten.clear();
      const until = new Date(clock.now().getTime() + keptMs);
      try {
        await Promise.all(chats.map(([chat, pairs]) => values.put(keyOf(chat), JSON.stringify(pairs), until)));
      } catch (fault) {
        log.warn({ fault: messageOf(fault) }, 'answers could not be noted; edits of their questions are new ones');
      }
    },
    wait: () => clock.sleep(gatherMs, signal),
    busy: () => false,
  });

  return {
    find: async (chat, question) => {
      const answerIn = (pairs: Pairs = []) => pairs.find(([asked]) => asked === question)?.[1];
      return answerIn(known.get(chat)) ?? answerIn(readPairs(await values.get(keyOf(chat))));
    },
    note: (chat, question, answer) => {
      const others = known.get(chat)?.filter(([asked]) => asked !== question) ?? [];
      known.delete(chat);
      const [oldest] = known.keys();
      if (known.size >= mostChats && oldest !== undefined) known.delete(oldest);
      const pairs = [...others, [question, answer] as const].slice(-mostOfChat);
      known.set(chat, pairs);
      unwritten.set(chat, pairs);
      writer.note();
    },
    forget: async (chat) => {
      known.delete(chat);
      unwritten.delete(chat);
      // One that is being written would bring it back.
      await writer.write();
      await values.remove(keyOf(chat));
    },
    settled: () => writer.write(),
  };
}

/** What another version wrote is worth nothing. */
function readPairs(text: string | undefined): Pairs {
  const isPair = (pair: unknown): pair is Pairs[number] =>
    Array.isArray(pair) && pair.length === 2 && pair.every(Number.isSafeInteger);
  try {
    const read: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(read) ? read.filter(isPair) : [];
  } catch {
    return [];
  }
}
