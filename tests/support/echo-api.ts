import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A platform's API that refuses everything, and repeats in its refusal all that it was sent. */
export interface EchoApi {
  readonly url: string;
  /** How many calls it has had. */
  calls(): number;
  close(): Promise<void>;
}

/** `refusal` puts what was sent into an answer in the platform's manner. */
export async function startEchoApi(refusal: (sent: string) => { status: number; body: object }): Promise<EchoApi> {
  let calls = 0;
  const server = createServer(async (request: IncomingMessage, response) => {
    calls += 1;
    let sent = `${request.url} ${JSON.stringify(request.headers)} `;
    for await (const chunk of request) sent += chunk;
    const { status, body } = refusal(sent);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
