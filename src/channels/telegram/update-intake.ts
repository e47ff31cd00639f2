import type { Update } from 'grammy/types';
import { messageOf } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import type { Lanes } from './lanes.ts';
import type { UpdateJournal } from './update-journal.ts';

interface IntakeParts {
  readonly journal: UpdateJournal;
  readonly lanes: Lanes;
  readonly handle: (update: Update) => Promise<void>;
  /** What cannot wait for its turn: the answer to a press, without which the button spins. */
  readonly atOnce: (update: Update) => void;
  readonly log: Log;
  /** From then on nothing more is started, and what fails was cut short: it stays in the journal. */
  readonly signal: AbortSignal;
}

/** Takes updates, however they come, and sees each one handled once: those of a chat in order. */
export interface UpdateIntake {
  /** Handles what an earlier process left unfinished. */
  resume(left: () => Promise<readonly Update[]>): Promise<void>;
  /** Resolves when the updates are kept, so that Telegram may forget them. */
  accept(updates: readonly Update[]): Promise<void>;
  hasRoom(): boolean;
  /** Resolves when there is room for more. */
  room(): Promise<void>;
  /** After the signal: resolves when all that was begun is finished. What is left stays in the journal. */
  finished(): Promise<void>;
}

/** With more than this waiting, no more are taken. */
const mostWaiting = 2_000;
/** A chat with more than this waiting is flooding: what comes on top is dropped, so that others find room. */
const mostOfChat = 300;
/** So is one person in a group, whose questions would keep those of all others there waiting. */
const mostOfMember = 20;

export function createUpdateIntake({ journal, lanes, handle, atOnce, log, signal }: IntakeParts): UpdateIntake {
  let waiting = 0;
  const waitingOf = new Map<string, number>();
  const flooding = new Set<string>();
  let roomWanted: (() => void)[] = [];

  const run = async (update: Update): Promise<void> => {
    if (signal.aborted) return;
    try {
      await handle(update);
    } catch (fault) {
      if (signal.aborted) return;
      log.error({ update: update.update_id, fault: messageOf(fault) }, 'an update could not be handled');
    }
    journal.handled(update);
  };

  const start = (update: Update): void => {
    const lane = laneOf(update);
    const member = memberOf(update);
    const sources = [{ name: lane, most: mostOfChat }, ...(member ? [{ name: member, most: mostOfMember }] : [])];
    const tooMuch = sources.find(({ name, most }) => (waitingOf.get(name) ?? 0) >= most);
    if (tooMuch) {
      const { name } = tooMuch;
      const facts = { update: update.update_id, from: name };
      if (!flooding.has(name)) log.warn(facts, 'more comes from there than can be answered; the rest is dropped');
      flooding.add(name);
      journal.handled(update);
      return;
    }
    waiting += 1;
    for (const { name } of sources) waitingOf.set(name, (waitingOf.get(name) ?? 0) + 1);
    void lanes.run(lane, () => run(update)).finally(() => done(sources));
  };

  const done = (sources: readonly { readonly name: string }[]): void => {
    waiting -= 1;
    for (const { name } of sources) {
      const left = (waitingOf.get(name) ?? 1) - 1;
      if (left > 0) waitingOf.set(name, left);
      else waitingOf.delete(name);
      if (left <= 0) flooding.delete(name);
    }
    if (waiting >= mostWaiting) return;
    const wanted = roomWanted;
    roomWanted = [];
    for (const go of wanted) go();
  };

  return {
    resume: async (left) => {
      for (const update of await left()) start(update);
    },
    accept: async (updates) => {
      const fresh = await journal.take(updates);
      if (signal.aborted) return;
      for (const update of fresh) {
        atOnce(update);
        start(update);
      }
    },
    hasRoom: () => waiting < mostWaiting,
    room: () => (waiting < mostWaiting ? Promise.resolve() : new Promise((resolve) => roomWanted.push(resolve))),
    finished: async () => {
      await lanes.idle();
      await journal.settled();
    },
  };
}

/** Updates of one chat are of one lane; those without a chat, such as inline queries, of one lane a person. */
function laneOf(update: Update): string {
  const { message, edited_message: edited, channel_post: post, callback_query: press, my_chat_member: member } = update;
  const chat = (message ?? edited ?? post ?? press?.message ?? member)?.chat;
  return String(chat?.id ?? press?.from.id ?? update.inline_query?.from.id ?? update.update_id);
}

/** Who acts in a group; undefined elsewhere, where the chat is the person, and for the group's own posts. */
function memberOf({ message, edited_message: edited, callback_query: press }: Update): string | undefined {
  const said = message ?? edited;
  const chat = (said ?? press?.message)?.chat;
  const person = said?.from ?? press?.from;
  return chat && person && chat.id < 0 ? `${chat.id} ${person.id}` : undefined;
}
