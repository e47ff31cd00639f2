import type { FastifyInstance } from 'fastify';
import type { WebPush } from '../channels/web/web-push.ts';
import type { ServerLimits } from './server-parts.ts';
import { noVisitor, visitorOf } from './visitor-of.ts';

/** A PushSubscription as browsers write it (Push API, `toJSON`); what else is in it is not looked at. */
interface PushBody {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

const base64url = (maxLength: number) => ({ type: 'string', pattern: '^[A-Za-z0-9_-]+=*$', maxLength });

const pushBody = {
  type: 'object',
  required: ['endpoint', 'keys'],
  properties: {
    endpoint: { type: 'string', minLength: 1, maxLength: 2_000 },
    keys: {
      type: 'object',
      required: ['p256dh', 'auth'],
      properties: { p256dh: base64url(100), auth: base64url(32) },
    },
  },
};

/** Where a page switches notifications of its browser on and off. */
export function addPushRoutes(server: FastifyInstance, push: WebPush, limits: ServerLimits): void {
  server.get('/api/push', async () => ({ publicKey: await push.publicKey() }));

  server.put<{ Body: PushBody }>('/api/push', {
    schema: { body: pushBody },
    config: { rateLimit: { max: limits.chatsPerMinute, timeWindow: 60_000 } },
    handler: async (request, reply) => {
      const visitor = visitorOf(request);
      if (!visitor) return reply.code(401).send(noVisitor);
      const { endpoint: url, keys } = request.body;
      const result = await push.switchOn(visitor, { url, p256dh: keys.p256dh, auth: keys.auth });
      if (result.kind === 'fault') return reply.code(400).send({ error: result.fault });
      if (result.kind === 'no-subscription') return reply.code(409).send({ error: 'subscribe to something first' });
      return reply.code(204).send();
    },
  });

  server.delete('/api/push', async (request, reply) => {
    const visitor = visitorOf(request);
    if (!visitor) return reply.code(401).send(noVisitor);
    await push.switchOff(visitor);
    return reply.code(204).send();
  });
}
