import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Webhook } from '../../../src/channels/webhook.ts';

/** A bare HTTP server with webhooks and nothing else. */
export interface MountedWebhooks {
  readonly url: string;
  /** How many requests were given to a webhook. */
  arrived(): number;
  close(): Promise<void>;
}

export async function mountWebhooks(webhooks: readonly Webhook[]): Promise<MountedWebhooks> {
  let arrived = 0;
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local');
    const webhook = webhooks.find(({ path }) => path === pathname);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    try {
      const answering = webhook?.handle({
        trace: { request: `r${arrived}` },
        method: request.method === 'GET' ? 'GET' : 'POST',
        query: searchParams,
        header: (name) => [request.headers[name]].flat()[0],
        body: Buffer.concat(chunks),
      });
      arrived += 1;
      const answer = await answering;
      response.writeHead(answer?.status ?? 404, { 'content-type': answer?.contentType ?? 'text/plain; charset=utf-8' });
      response.end(answer?.body ?? '');
    } catch {
      response.writeHead(500).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived: () => arrived,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
