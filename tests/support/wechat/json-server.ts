import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call to an API as it arrived. */
export interface ApiRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  /** The body as it was sent, for what JSON hides. */
  readonly raw: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What shall go wrong with a call. */
export type Fault =
  /** Answered with an error code; nothing was done. */
  | { readonly kind: 'refuse'; readonly code: number; readonly message?: string }
  /** The connection breaks and nothing was done. */
  | { readonly kind: 'drop-before' }
  /** It was done, and the connection breaks instead of an answer. */
  | { readonly kind: 'drop-after' }
  /** A gateway answers with a page. */
  | { readonly kind: 'page'; readonly status: number };

/** A local API in the manner of Tencent's: HTTP 200 to everything, the outcome in `errcode`. */
export interface JsonServer {
  readonly url: string;
  readonly requests: readonly ApiRequest[];
  /** The next calls to this path meet this fault. */
  fail(path: string, fault: Fault, times?: number): void;
  close(): Promise<void>;
}

/** Refused with an error code. */
export class ApiError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export async function startJsonServer(answer: (request: ApiRequest) => object): Promise<JsonServer> {
  const requests: ApiRequest[] = [];
  let faults: { readonly path: string; readonly fault: Fault; left: number }[] = [];

  const take = (path: string): Fault | undefined => {
    const found = faults.find((one) => one.path === path);
    if (!found) return undefined;
    found.left -= 1;
    faults = faults.filter(({ left }) => left > 0);
    return found.fault;
  };

  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks).toString();
    const fault = take(pathname);
    if (fault?.kind === 'drop-before') return void request.socket.destroy();
    if (fault?.kind === 'page') return void response.writeHead(fault.status).end('<html>gateway</html>');
    const send = (body: object) => {
      if (fault?.kind === 'drop-after') return void request.socket.destroy();
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
    };
    try {
      if (fault?.kind === 'refuse') throw new ApiError(fault.code, fault.message ?? 'refused by the test');
      const call = { path: pathname, query: searchParams, raw, body: raw === '' ? {} : JSON.parse(raw) };
      requests.push(call);
      send(answer(call));
    } catch (thrown) {
      const { code, message } =
        thrown instanceof ApiError ? thrown : new ApiError(47001, `data format error: ${thrown}`);
      send({ errcode: code, errmsg: message });
    }
  };

  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail: (path, fault, times = 1) => void faults.push({ path, fault, left: times }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
