import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebRequest } from '../channels/web/to-incoming.ts';
import type { WebChannel } from '../channels/web/web-channel.ts';
import { commandNames } from '../message/command.ts';
import type { Message } from '../message/message.ts';
import type { Address } from '../subscribers/address.ts';
import type { InboxItem } from '../subscribers/inbox.ts';
import { languages } from '../subscribers/subscriber.ts';
import { clientKey } from './client-key.ts';
import { preferredLanguage } from './preferred-language.ts';
import type { ServerLimits, ServerParts } from './server-parts.ts';
import { noVisitor, visitorOf } from './visitor-of.ts';

/** Longer than any sensible message, so that the conversation itself answers what is merely too long. */
const textLimit = 60_000;

const chatBody = {
  type: 'object',
  properties: {
    text: { type: 'string', maxLength: textLimit },
    command: {
      type: 'object',
      required: ['name', 'argument', 'page'],
      properties: {
        name: { enum: commandNames },
        argument: { type: 'string', maxLength: textLimit },
        page: { type: 'integer', minimum: 0, maximum: 1_000_000 },
      },
    },
    language: { enum: languages },
  },
  oneOf: [{ required: ['text'] }, { required: ['command'] }],
};

type ChatBody = WebRequest['input'] & Pick<WebRequest, 'language'>;

/** The chat of the page. */
export function addChatRoutes(
  server: FastifyInstance,
  { webChannel, metrics }: Pick<ServerParts, 'webChannel' | 'metrics'>,
  limits: ServerLimits,
): void {
  const streams = new Map<string, number>();
  const open = new Set<AbortController>();
  const countOf = () => [...streams.values()].reduce((sum, count) => sum + count, 0);

  // A stream never ends by itself: it would keep the server from closing for ever.
  server.addHook('preClose', async () => {
    for (const stream of open) stream.abort();
  });

  server.post<{ Body: ChatBody }>('/api/chat', {
    bodyLimit: 256 * 1024,
    schema: { body: chatBody },
    config: { rateLimit: { max: limits.chatsPerMinute, timeWindow: 60_000 } },
    handler: async (request, reply) => {
      const visitor = visitorOf(request);
      if (!visitor) return reply.code(401).send(noVisitor);
      const { language = preferredLanguage(request), ...input } = request.body;
      const message = await webChannel.answer(visitor, { input, language, trace: { request: request.id } });
      return message
        ? { message }
        : reply.code(503).header('retry-after', 2).send({ error: 'the chat is not running' });
    },
  });

  server.get('/api/chat/events', async (request, reply) => {
    const visitor = visitorOf(request);
    if (!visitor) return reply.code(401).send(noVisitor);
    const after = lastEventId(request);
    if (after === undefined) {
      return reply.code(400).send({ error: 'last-event-id must be a whole number', parameter: 'last-event-id' });
    }
    const client = clientKey(request.ip);
    const ofClient = streams.get(client) ?? 0;
    if (ofClient >= limits.streamsPerClient || countOf() >= limits.streams) {
      return reply
        .code(429)
        .header('retry-after', 30)
        .send({ error: 'too many open streams; close some and try again' });
    }

    streams.set(client, ofClient + 1);
    metrics.streamsOpen(countOf());
    const closed = new AbortController();
    open.add(closed);
    reply.raw.once('close', () => {
      closed.abort();
      open.delete(closed);
      const left = (streams.get(client) ?? 1) - 1;
      if (left > 0) streams.set(client, left);
      else streams.delete(client);
      metrics.streamsOpen(countOf());
    });
    return reply
      .type('text/event-stream')
      .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      .send(Readable.from(eventStream(webChannel, visitor, after, closed.signal)));
  });
}

/** Server-sent events (WHATWG HTML, 9.2): an announcement an event, a comment where nothing happens. */
async function* eventStream(webChannel: WebChannel, visitor: Address, after: number, signal: AbortSignal) {
  yield ': open\n\n';
  for await (const item of webChannel.announcements(visitor, after, signal)) {
    yield item === 'quiet' ? ': quiet\n\n' : event(item);
  }
}

function event({ number, at, message }: InboxItem<Message>): string {
  return `id: ${number}\ndata: ${JSON.stringify({ number, at: at.toISOString(), message })}\n\n`;
}

/** 0 where the page has seen nothing yet; undefined if it is no number. */
function lastEventId({ headers }: FastifyRequest): number | undefined {
  const [text = '0'] = [headers['last-event-id'] ?? []].flat();
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
