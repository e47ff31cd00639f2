import type { Api } from 'grammy';
import type { Address } from '../../subscribers/address.ts';
import type { Rendered } from './render.ts';

interface SendOptions {
  /** The message that this one answers; it is sent all the same if that is gone. */
  readonly replyTo?: number;
  /** Without markup and buttons. */
  readonly plain?: boolean;
}

/**
 * Sends a message to an address.
 *
 * @returns the id of the message within its chat
 * @throws what grammY throws; see `failureOf`
 */
export async function sendRendered(
  api: Api,
  { chat, topic }: Address,
  { html, plain, keyboard, preview }: Rendered,
  { replyTo, plain: isPlain = false }: SendOptions = {},
): Promise<number> {
  const message = await api.sendMessage(Number(chat), isPlain ? plain : html, {
    ...(topic !== undefined && { message_thread_id: Number(topic) }),
    ...(replyTo !== undefined && { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
    ...(isPlain
      ? { link_preview_options: { is_disabled: true } }
      : {
          parse_mode: 'HTML',
          link_preview_options: preview,
          ...(keyboard.length > 0 && { reply_markup: { inline_keyboard: keyboard } }),
        }),
  });
  return message.message_id;
}
