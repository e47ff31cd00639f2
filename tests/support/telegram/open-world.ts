import { samplePosts } from './sample-posts.ts';
import { createTelegramWorld, type TelegramWorld, type TelegramWorldOptions } from './telegram-world.ts';
import type { BotMessage } from './world.ts';

const worlds: TelegramWorld[] = [];

/** A world of the sample posts that `closeWorlds` ends. */
export async function openWorld(options: TelegramWorldOptions = {}): Promise<TelegramWorld> {
  const world = await createTelegramWorld({ posts: samplePosts, ...options });
  worlds.push(world);
  return world;
}

/** To be called after each test. */
export async function closeWorlds(): Promise<void> {
  for (const world of worlds.splice(0)) await world.close();
}

/** What the bot says to a question that it certainly answers: all that came before in that chat is settled then. */
export async function answerTo(world: TelegramWorld, text: string, chat = 41): Promise<BotMessage> {
  world.server.say(chat, text);
  return (await world.server.next(chat)).message;
}
