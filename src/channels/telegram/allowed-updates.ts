/** The updates that we read; Telegram keeps all others to itself. */
export const allowedUpdates = [
  'message',
  'edited_message',
  'channel_post',
  'callback_query',
  'inline_query',
  'my_chat_member',
] as const;
