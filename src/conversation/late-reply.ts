import type { Message } from '../message/message.ts';
import type { Asking } from './asking.ts';
import { cleanLine, cut } from './clean-text.ts';
import type { Request } from './read-request.ts';
import { reply } from './reply.ts';

/** Characters of what was written that are told back. */
const longestQuoted = 60;

/** Instead of an answer that nobody waits for any more: says so, and offers to give it all the same. */
export function lateReply(request: Request, { incoming: { input }, say }: Asking): Message {
  const words = 'text' in input ? cut(cleanLine(input.text), longestQuoted) : '';
  const text = words === '' ? say('late-something') : say('late-words', { words });
  if (request.kind !== 'command') return reply(text);
  return reply(text, { actions: [[{ label: say('button-late'), command: request.command, inPlace: false }]] });
}
