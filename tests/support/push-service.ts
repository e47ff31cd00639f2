import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushEndpoint } from '../../src/subscribers/push-endpoint.ts';

/** A notification as it came to a browser. */
export interface Pushed {
  /** Of the endpoint that it was sent to. */
  readonly name: string;
  /** What the service worker gets, decrypted. */
  readonly notice: Readonly<Record<string, unknown>>;
  readonly bytes: number;
  readonly headers: IncomingHttpHeaders;
  /** What the sender's token says of it; its signature was checked. */
  readonly token: { readonly aud: string; readonly exp: number; readonly sub: string };
}

/** What answers a push: a status and headers, `hang` for none, `cut` for an end of the connection. */
export type PushReply = { readonly status: number; readonly headers?: Record<string, string> } | 'hang' | 'cut';

/** A push service and the browsers behind it: it takes what a real one takes, and decrypts as a browser does. */
export interface PushService {
  readonly url: string;
  /** A browser that takes notifications, with keys of its own. */
  browser(name: string): PushEndpoint;
  readonly pushed: readonly Pushed[];
  /** How many requests there were, whatever became of them. */
  requests(): number;
  /** How the next requests are answered, one by one; then all are taken. */
  answerNext(...replies: readonly PushReply[]): void;
  close(): Promise<void>;
}

/** @param publicKey the sender's VAPID key; whoever shows another is refused, as by a real service. */
export async function startPushService(publicKey: () => Promise<string>): Promise<PushService> {
  const browsers = new Map<string, { readonly key: ReturnType<typeof createECDH>; readonly auth: Buffer }>();
  const pushed: Pushed[] = [];
  const replies: PushReply[] = [];
  let requests = 0;

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      requests += 1;
      const reply = replies.shift() ?? { status: 201 };
      if (reply === 'hang') return;
      if (reply === 'cut') return request.socket.destroy();
      if (reply.status >= 300) return response.writeHead(reply.status, reply.headers ?? {}).end();
      const name = (request.url ?? '').replace('/push/', '');
      const browser = browsers.get(name);
      if (!browser) return response.writeHead(410).end();
      const body = Buffer.concat(parts);
      if (body.length > 4096) return response.writeHead(413).end();
      const token = checkedToken(request.headers.authorization ?? '', await publicKey());
      if (!token || !request.headers.ttl) return response.writeHead(403).end();
      const text = decrypted(body, browser.key, browser.auth);
      pushed.push({ name, notice: JSON.parse(text), bytes: body.length, headers: request.headers, token });
      return response.writeHead(reply.status, reply.headers ?? {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    pushed,
    requests: () => requests,
    browser(name) {
      const key = createECDH('prime256v1');
      key.generateKeys();
      const auth = randomBytes(16);
      browsers.set(name, { key, auth });
      return { url: `${url}/push/${name}`, p256dh: key.getPublicKey('base64url'), auth: auth.toString('base64url') };
    },
    answerNext: (...next) => replies.push(...next),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** RFC 8292: `vapid t=<JWT signed with ES256>, k=<public key>`. */
function checkedToken(authorization: string, publicKey: string): Pushed['token'] | undefined {
  const [, header = '', claims = '', signature = '', key] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)=*$/.exec(authorization) ?? [];
  if (key !== publicKey) return undefined;
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.toString('base64url', 1, 33),
    y: point.toString('base64url', 33),
  };
  const signed = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return signed ? JSON.parse(Buffer.from(claims, 'base64url').toString()) : undefined;
}

/** RFC 8291, 3.4, over RFC 8188, 2.1: what a browser does with the body. */
function decrypted(body: Buffer, key: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const sender = body.subarray(21, 21 + body.readUInt8(20));
  const sealed = body.subarray(21 + sender.length);
  const hmac = (secret: Buffer, ...parts: Buffer[]) =>
    createHmac('sha256', secret).update(Buffer.concat(parts)).digest();
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), key.getPublicKey(), sender, Buffer.from([1])]);
  const secret = hmac(salt, hmac(hmac(auth, key.computeSecret(sender)), info));
  const contentKey = hmac(secret, Buffer.from('Content-Encoding: aes128gcm\0\x01')).subarray(0, 16);
  const nonce = hmac(secret, Buffer.from('Content-Encoding: nonce\0\x01')).subarray(0, 12);
  const decipher = createDecipheriv('aes-128-gcm', contentKey, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString();
}
