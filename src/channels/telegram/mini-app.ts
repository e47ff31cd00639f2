import type { Command, CommandName } from '../../message/command.ts';
import { postPayload, writtenPayload } from './deep-link.ts';

/** The button that opens the Mini App, without its label. */
export type AppOpener = { readonly web_app: { readonly url: string } } | { readonly url: string };

/** What opens the Mini App at what a command shows; undefined where nothing does. */
export type OpenerOf = (command: Command) => AppOpener | undefined;

/** The ways into the Mini App, which differ by where the button stands. */
export interface MiniApp {
  /** In the private chat with the bot. */
  readonly inPrivate: OpenerOf;
  /** In groups, in channels, and in messages sent by inline mode. */
  readonly elsewhere: OpenerOf;
}

/** Where the server shows the Mini App. */
const path = '/app';

/** By which parameter of its address it opens what a command shows; the newest posts need none. */
const parameters: ReadonlyMap<CommandName, string | undefined> = new Map([
  ['search', 'q'],
  ['category', 'category'],
  ['series', 'series'],
  ['post', 'post'],
  ['latest', undefined],
]);

/** The platform's limit for `startapp`, as https://docs.telegram-mini-apps.com/platform/start-parameter has it. */
const longestStartParameter = 512;

/**
 * The address of the Mini App; undefined where there is none, since Telegram opens https alone.
 *
 * @param publicUrl Of the server, without a slash at the end.
 */
export function miniAppUrl(publicUrl: string | undefined): string | undefined {
  return publicUrl?.startsWith('https://') ? publicUrl + path : undefined;
}

/**
 * https://core.telegram.org/bots/api#inlinekeyboardbutton: `web_app` is for private chats alone. A link with
 * `startapp` works anywhere, once the author has made the app the bot's main one with BotFather.
 */
export function createMiniApp(
  publicUrl: string | undefined,
  { username, hasMainApp }: { readonly username: string; readonly hasMainApp: boolean },
): MiniApp {
  const app = miniAppUrl(publicUrl);
  return {
    inPrivate: ({ name, argument }) => {
      if (app === undefined || !parameters.has(name)) return undefined;
      const parameter = parameters.get(name);
      const query = parameter === undefined ? '' : `?${new URLSearchParams({ [parameter]: argument })}`;
      return { web_app: { url: app + query } };
    },
    elsewhere: (command) => {
      if (app === undefined || !hasMainApp || !parameters.has(command.name)) return undefined;
      const ofPost = command.name === 'post' ? postPayload(command.argument) : undefined;
      const payload = ofPost ?? writtenPayload(command);
      return payload.length > longestStartParameter
        ? undefined
        : { url: `https://t.me/${username}?startapp=${payload}` };
    },
  };
}
