import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server of one test: answers as the test says and remembers what it was asked. */
export interface PageServer {
  readonly url: string;
  readonly requests: readonly IncomingMessage[];
  /** How the next requests are answered, until it is said anew. */
  answer(handler: (request: IncomingMessage, response: ServerResponse) => void): void;
  close(): Promise<void>;
}

export async function startPageServer(): Promise<PageServer> {
  const requests: IncomingMessage[] = [];
  let handle: Parameters<PageServer['answer']>[0] = (_, response) => {
    response.writeHead(404).end();
  };
  const server = createServer((request, response) => {
    requests.push(request);
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer(handler) {
      handle = handler;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
