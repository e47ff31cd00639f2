import type { Message } from '../message/message.ts';
import type { Asking } from './asking.ts';
import { reply } from './reply.ts';

/** What someone hears who may not change what this chat gets; undefined for those who may. */
export function refusalOf({ incoming, say }: Asking): Message | undefined {
  if (incoming.mayManage) return undefined;
  return reply(say('manage-refused', { place: incoming.place }), { aside: true });
}
