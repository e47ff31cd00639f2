import type { Api } from 'grammy';
import type { MenuButton } from 'grammy/types';
import { miniAppUrl } from './mini-app.ts';
import type { ProfilePart } from './profile-part.ts';
import { grammySignal } from './telegram-api.ts';

/**
 * The button beside the field where one writes: it opens the Mini App where there is an https address for it, else the
 * list of commands.
 *
 * @param publicUrl Of the server, without a slash at the end.
 * @param label Of the button that opens the Mini App.
 */
export function menuButtonOf(publicUrl: string | undefined, label: string): MenuButton {
  const url = miniAppUrl(publicUrl);
  return url === undefined ? { type: 'commands' } : { type: 'web_app', text: label, web_app: { url } };
}

/** Sets the button of all private chats, unless it is right, or leads to an app that somebody else has set. */
export function menuButtonPart(api: Api, wanted: MenuButton, signal: AbortSignal): ProfilePart {
  const stop = grammySignal(signal);
  return {
    wanted,
    register: async (former) => {
      const present = await api.getChatMenuButton({}, stop);
      const foreign = present.type === 'web_app' && !former?.includes(JSON.stringify(present.web_app.url));
      if (foreign || isSame(present, wanted)) return;
      await api.setChatMenuButton({ menu_button: wanted }, stop);
    },
  };
}

/** Where nothing was ever set, Telegram shows the commands. */
function isSame(present: MenuButton, wanted: MenuButton): boolean {
  if (present.type !== 'web_app' || wanted.type !== 'web_app')
    return (present.type === 'web_app') === (wanted.type === 'web_app');
  return present.text === wanted.text && present.web_app.url === wanted.web_app.url;
}
