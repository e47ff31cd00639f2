import type { Message } from '../../message/message.ts';
import type { Asking, CommandDefinition } from '../asking.ts';
import { cleanLines } from '../clean-text.ts';
import { noticeMessage } from '../compose-announcement.ts';
import { buttonInPlace, reply } from '../reply.ts';

/** Characters that an admin may say at once: Telegram holds 4,096, and readers fewer. */
const longestNotice = 2_000;

/** What the button below the preview says, before the draft's name. */
const confirm = /^send:(?<id>[\w-]{1,40})$/;

/** For admins: words to everyone who subscribes. They are shown first, and sent by the button below them. */
export const broadcast: CommandDefinition = {
  name: 'broadcast',
  chinese: ['群发'],
  listed: false,
  audience: 'admins',

  async answer(asking, { argument }) {
    const { desk, say } = asking;
    if (!desk) return reply(say('desk-closed'));
    const id = confirm.exec(argument)?.groups?.id;
    if (id !== undefined) {
      const count = await desk.broadcast(id);
      return reply(count === undefined ? say('broadcast-expired') : say('broadcast-sent', { count }));
    }
    return preview(asking);
  },
};

async function preview(asking: Asking): Promise<Message> {
  const { desk, say } = asking;
  const words = wordsOf(asking);
  if (!words || !desk) return reply(say('broadcast-empty'));
  if ([...words].length > longestNotice) return reply(say('broadcast-too-long', { count: longestNotice }));
  const { id, audience } = await desk.draft(words);
  if (audience === 0) return reply(say('broadcast-nobody'));
  const { text } = noticeMessage(words, say);
  return reply(`${say('broadcast-preview', { count: audience })}\n\n${text}`, {
    actions: [[buttonInPlace(say('button-broadcast', { count: audience }), 'broadcast', `send:${id}`)]],
  });
}

/** All that was typed behind the command, line by line: the command's argument is one short line of it. */
function wordsOf({ incoming: { input } }: Asking): string {
  if (!('text' in input)) return '';
  return cleanLines(input.text).replace(/^[/／、]?\s*(?:broadcast|群发)\s*/iu, '');
}
