import type { Api } from 'grammy';
import type { Rendered } from './render.ts';

/**
 * Lets a message of ours say something else.
 *
 * @throws what grammY throws; see `failureOf`
 */
export async function editRendered(
  api: Api,
  chat: string,
  messageId: number,
  { html, keyboard, preview }: Rendered,
): Promise<void> {
  await api.editMessageText(Number(chat), messageId, html, {
    parse_mode: 'HTML',
    link_preview_options: preview,
    reply_markup: { inline_keyboard: keyboard },
  });
}
