import type { Update } from 'grammy/types';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Log, Trace } from '../../kernel/log.ts';
import type { ActionStore } from '../../message/action-store.ts';
import type { Command } from '../../message/command.ts';
import type { Message } from '../../message/message.ts';
import { type Address, formatAddress } from '../../subscribers/address.ts';
import type { SubscriberBook } from '../../subscribers/subscriber-book.ts';
import type { Administrators } from './administrators.ts';
import { prepareButtonData, readButtonData } from './button-data.ts';
import { readStartPayload } from './deep-link.ts';
import type { GivenAnswers } from './given-answers.ts';
import type { InlineAnswers } from './inline-answers.ts';
import type { MiniApp } from './mini-app.ts';
import { type CoverOf, render } from './render.ts';
import type { Replier } from './replier.ts';
import { type Self, type TelegramIncoming, toIncoming } from './to-incoming.ts';

interface Traced {
  readonly trace: Trace;
}
type Question = TelegramIncoming & { kind: 'question' } & Traced;
type Membership = TelegramIncoming & { kind: 'membership' } & Traced;

export interface UpdateHandlerParts {
  readonly self: Self;
  readonly miniApp: MiniApp;
  readonly conversation: Conversation;
  readonly replier: Replier;
  readonly inline: InlineAnswers;
  readonly administrators: Administrators;
  readonly answers: GivenAnswers;
  readonly book: SubscriberBook;
  readonly actions: ActionStore;
  readonly values: KeyValueStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Of cards that bring no picture along. */
  readonly coverOf: CoverOf;
  /** They may manage any group. */
  readonly admins: readonly Address[];
  /** Aborts when the process is to end: then no answer waits for Telegram any more. */
  readonly signal: AbortSignal;
  /** Aborts when there is no more time to finish either. */
  readonly hurry: AbortSignal;
}

/** What waited longer than this while the bot was down is no longer answered. */
const freshMs = 10 * 60_000;
/** Kept as long, so that a chat is told of it once. */
const noticeKey = (chat: string) => `telegram.late.${chat}`;

/** Does all that follows from one update; rejects only on defects of ours. */
export function createUpdateHandler(parts: UpdateHandlerParts): (update: Update) => Promise<void> {
  const { self, miniApp, conversation, replier, inline, administrators, answers, book, actions } = parts;
  const { values, coverOf, clock, log, signal, hurry } = parts;

  const mayManage = async ({ place, address, asker, trace }: Question): Promise<boolean> => {
    if (place === 'private' || asker.anonymousAdministrator) return true;
    const { userId } = asker;
    if (userId === undefined) return false;
    const isAdmin = parts.admins.some(({ channel, chat }) => channel === 'telegram' && chat === String(userId));
    return isAdmin || (await administrators.has(address.chat, userId, trace));
  };

  const answer = async (
    question: Question,
    input: { text: string } | { command: Command },
    { late = false } = {},
  ): Promise<Message> =>
    conversation.answer(
      {
        address: question.address,
        place: question.place,
        ...(question.language && { language: question.language }),
        mayManage: await mayManage(question),
        keepsAnswers: true,
        late,
        trace: question.trace,
        input,
      },
      hurry,
    );

  const rendered = async (message: Message, place: Question['place']) =>
    render(message, {
      dataOf: await prepareButtonData(message, actions),
      username: self.username,
      openerOf: place === 'private' ? miniApp.inPrivate : miniApp.elsewhere,
      coverOf,
    });

  /** What came by a link that starts a chat is a command; anything else is read by the conversation. */
  const inputOf = async (text: string): Promise<{ text: string } | { command: Command }> => {
    const [, payload] = /^\/start\s+([A-Za-z0-9_-]{1,64})$/i.exec(text) ?? [];
    const command = payload === undefined ? undefined : await readStartPayload(payload, actions);
    return command ? { command } : { text };
  };

  const forget = async ({ chat }: Address): Promise<void> => {
    await answers.forget(chat);
    await values.remove(noticeKey(chat));
  };

  const onWords = async (question: Question, text: string): Promise<void> => {
    const { address, place, at, edited, messageId, trace } = question;
    if (at && clock.now().getTime() - at.getTime() > freshMs) return onLateWords(question, text);
    const input = await inputOf(text);
    const message = await answer(question, input);
    if (message.forgotten) await forget(address);
    const shaped = await rendered(message, place);
    const to = { address, trace, ...(place === 'group' && { question: messageId }) };
    const former = edited ? await answers.find(address.chat, messageId) : undefined;
    const sent =
      former === undefined ? await replier.send(to, shaped, signal) : await replier.replace(to, former, shaped, signal);
    if (sent !== undefined && !message.forgotten) answers.note(address.chat, messageId, sent);
  };

  /** In a private chat one message stands for all that were missed; a group has gone on by now. */
  const onLateWords = async (question: Question, text: string): Promise<void> => {
    const { address, place, at, trace } = question;
    log.info({ ...trace, chat: address.chat, at }, 'a question that waited too long is not answered');
    const until = new Date(clock.now().getTime() + freshMs);
    if (place !== 'private' || !(await values.putIfAbsent(noticeKey(address.chat), '', until))) return;
    const notice = await answer(question, await inputOf(text), { late: true });
    await replier.send({ address, trace }, await rendered(notice, place), signal);
  };

  const onPress = async (question: Question, data: string): Promise<void> => {
    const { address, place, messageId, trace } = question;
    // A button of an older version, or one whose words are no longer kept: the help says what there is instead.
    const press = (await readButtonData(data, actions)) ?? {
      command: { name: 'help' as const, argument: '', page: 0 },
      inPlace: false,
    };
    const message = await answer(question, { command: press.command });
    if (message.forgotten) await forget(address);
    const shaped = await rendered(message, place);
    if (press.inPlace && !message.aside) await replier.replace({ address, trace }, messageId, shaped, signal);
    else await replier.send({ address, trace }, shaped, signal);
  };

  const onMembership = async ({ address, place, present, wasPresent, language, trace }: Membership): Promise<void> => {
    administrators.forget(address.chat);
    const state = present ? 'active' : 'suspended';
    for (const subscriber of await addressesOf(address, place)) {
      await book.change(subscriber, (current) => current && { ...current, state });
    }
    if (place !== 'group' || !present || wasPresent) return;
    const greeting = await conversation.answer(
      { address, place, ...(language && { language }), mayManage: true, trace, input: { command: start } },
      hurry,
    );
    await replier.send({ address, trace }, await rendered(greeting, place), signal);
  };

  /** In a group each topic subscribes for itself. */
  const addressesOf = async (address: Address, place: Membership['place']): Promise<readonly Address[]> => {
    if (place !== 'group') return [address];
    const found: Address[] = [];
    for await (const subscriber of book.all()) {
      const { channel, chat } = subscriber.address;
      if (channel === address.channel && chat === address.chat) found.push(subscriber.address);
    }
    return found;
  };

  return async (update) => {
    const incoming = toIncoming(update, self);
    const trace = { update: update.update_id };
    switch (incoming?.kind) {
      case 'question':
        return 'text' in incoming.input
          ? onWords({ ...incoming, trace }, incoming.input.text)
          : onPress({ ...incoming, trace }, incoming.input.data);
      case 'membership':
        return onMembership({ ...incoming, trace });
      case 'inline':
        return inline.answer(incoming.query, trace);
      case 'moved':
        log.info(
          { ...trace, from: formatAddress(incoming.from), to: formatAddress(incoming.to) },
          'a group has another id now',
        );
        return book.move(incoming.from, incoming.to);
      case 'reopened':
        return book.change(incoming.address, (current) => current && { ...current, state: 'active' });
      case undefined:
        return;
    }
  };
}

const start: Command = { name: 'start', argument: '', page: 0 };
