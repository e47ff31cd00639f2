import type { TelegramServer } from '../../tests/support/telegram/telegram-server.ts';
import { any, anyQuestion } from './asking.ts';
import { postsIn } from './catalog-writer.ts';

/** People on Telegram: listeners, who have subscribed and say nothing more, and talkers. */
export interface TelegramReaders {
  subscribe(): Promise<void>;
  /** A talker says something, or presses a button of what the bot said last. */
  ask(): void;
  /** By listener, how often each post of the writer was told of. */
  told(): readonly ReadonlyMap<number, number>[];
}

const TALKERS = 20;
const FIRST_TALKER = 5_000;

export function createTelegramReaders(server: TelegramServer, listeners: number): TelegramReaders {
  const chats = Array.from({ length: listeners }, (_, at) => 1_000 + at);
  return {
    async subscribe() {
      for (const chat of chats) server.say(chat, '/subscribe');
      for (const chat of chats) await server.next(chat, 60_000);
    },
    ask() {
      const chat = FIRST_TALKER + Math.floor(Math.random() * TALKERS);
      const last = server.delivered.findLast((message) => message.chat === chat);
      const buttons = (last?.keyboard ?? []).flat().flatMap(({ data }) => data ?? []);
      if (last && buttons.length > 0 && Math.random() < 0.4) server.press(last, any(buttons));
      else server.say(chat, anyQuestion());
    },
    told() {
      const told = new Map(chats.map((chat) => [chat, new Map<number, number>()]));
      for (const { chat, text } of server.delivered) {
        const counts = told.get(chat);
        for (const post of counts ? new Set(postsIn(text)) : []) counts?.set(post, (counts.get(post) ?? 0) + 1);
      }
      return [...told.values()];
    },
  };
}
