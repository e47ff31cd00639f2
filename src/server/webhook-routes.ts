import type { FastifyInstance } from 'fastify';
import type { Webhook } from '../channels/webhook.ts';

/** Telegram's updates stay far below; WeChat's and WeCom's are a few kilobytes. */
const bodyLimit = 1024 * 1024;

/** Mounts what platforms call, with the body as raw bytes. Not limited by client: a platform sends from few addresses. */
export function addWebhookRoutes(server: FastifyInstance, webhooks: readonly Webhook[]): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));

  for (const { path, methods, handle } of webhooks) {
    server.route({
      method: [...methods],
      url: path,
      bodyLimit,
      handler: async (request, reply) => {
        const { status, body, contentType } = await handle({
          trace: { request: request.id },
          method: request.method === 'GET' ? 'GET' : 'POST',
          query: new URL(request.url, 'http://webhook').searchParams,
          header: (name) => [request.headers[name]].flat()[0],
          body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        });
        return reply
          .code(status)
          .type(contentType ?? 'text/plain; charset=utf-8')
          .send(body ?? '');
      },
    });
  }
}
