import type { WebhookAnswer, WebhookRequest } from '../webhook.ts';
import type { CallbackCipher } from './callback-cipher.ts';
import { sameSignature, signatureOf } from './callback-signature.ts';
import { cdata, readXml, textOf, type XmlElement } from './xml.ts';

/** The largest body that is read, in bytes: texts end at 2,048 bytes, and compatible mode triples them. */
const maxBodyBytes = 64 * 1024;

/** A request that was not let in. The reason is for the log: it never holds anything of the content. */
export interface Refused {
  readonly ok: false;
  readonly status: 400 | 403 | 413;
  readonly reason: string;
}

/** The answer to the platform's question whether this address is ours. */
export interface Handshake {
  readonly ok: true;
  readonly echo: string;
}

/** A callback that is what it claims to be. */
export interface Opened {
  readonly ok: true;
  readonly message: XmlElement;
  /** Puts an answer into the same kind of envelope: encrypted if the question was. */
  seal(xml: string): string;
}

export interface EnvelopeOptions {
  /** The token that the operator wrote into the platform's console. */
  readonly token: string;
  /**
   * The ciphers of the current and of earlier EncodingAESKeys, the current one first: messages that are
   * under way while the key is changed still come with the old one. Empty: only plain callbacks are read.
   */
  readonly ciphers: readonly CallbackCipher[];
  /** Whether callbacks in clear are refused: WeCom sends none, an Official Account in safe mode neither. */
  readonly encryptedOnly: boolean;
  /** Whether the echo of the handshake is encrypted and signed, as WeCom's is; an Official Account's never is. */
  readonly encryptedEcho: boolean;
  /** How old or how far ahead a timestamp may be, in seconds; 0 lets any pass. */
  readonly windowSeconds: number;
  readonly now: () => Date;
  /** 16 fresh random bytes. */
  readonly salt: () => Buffer;
}

/** Opens and seals what WeChat and WeCom send to a callback address. */
export interface Envelope {
  handshake(request: WebhookRequest): Handshake | Refused;
  open(request: WebhookRequest): Opened | Refused;
}

export function createEnvelope(options: EnvelopeOptions): Envelope {
  const { token, ciphers } = options;

  /** The parts of the query that every request has; undefined where one is missing or stands twice. */
  const stamp = (query: URLSearchParams) => {
    const timestamp = sole(query, 'timestamp');
    const nonce = sole(query, 'nonce');
    return timestamp !== undefined && nonce !== undefined && /^\d{1,12}$/.test(timestamp)
      ? { timestamp, nonce }
      : undefined;
  };

  const isStale = (timestamp: string) =>
    options.windowSeconds > 0 && Math.abs(options.now().getTime() / 1000 - Number(timestamp)) > options.windowSeconds;

  const decrypt = (encrypted: string) => {
    let reason = 'no EncodingAESKey is set';
    for (const cipher of ciphers) {
      const decrypted = cipher.decrypt(encrypted);
      if (decrypted.ok) return { ok: true as const, text: decrypted.text, cipher };
      reason = decrypted.reason;
    }
    return { ok: false as const, reason };
  };

  const seal = (xml: string, cipher: CallbackCipher, nonce: string) => {
    const encrypted = cipher.encrypt(xml, options.salt());
    // Seconds: some clients silently drop an answer stamped in milliseconds.
    const timestamp = String(Math.floor(options.now().getTime() / 1000));
    const signature = signatureOf([token, timestamp, nonce, encrypted]);
    // Base64 and hex hold nothing that could end a section.
    return `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`;
  };

  return {
    handshake({ query }) {
      const stamped = stamp(query);
      const echo = sole(query, 'echostr');
      if (!stamped || echo === undefined) return refused(400, 'timestamp, nonce or echostr is missing');
      if (isStale(stamped.timestamp)) return refused(403, staleReason);
      const parts = [token, stamped.timestamp, stamped.nonce];
      if (options.encryptedEcho) {
        const signature = sole(query, 'msg_signature') ?? '';
        if (!sameSignature(signature, signatureOf([...parts, echo]))) return refused(403, signatureReason);
        const decrypted = decrypt(echo);
        return decrypted.ok ? { ok: true, echo: decrypted.text } : refused(403, decrypted.reason);
      }
      if (!sameSignature(sole(query, 'signature') ?? '', signatureOf(parts))) return refused(403, signatureReason);
      return { ok: true, echo };
    },

    open({ query, body }) {
      if (body.length > maxBodyBytes) return refused(413, `the body is larger than ${maxBodyBytes} bytes`);
      const stamped = stamp(query);
      if (!stamped) return refused(400, 'timestamp or nonce is missing');
      if (isStale(stamped.timestamp)) return refused(403, staleReason);
      const { timestamp, nonce } = stamped;
      const encryption = sole(query, 'encrypt_type');
      if (!options.encryptedOnly && (encryption === undefined || encryption === 'raw')) {
        if (!sameSignature(sole(query, 'signature') ?? '', signatureOf([token, timestamp, nonce]))) {
          return refused(403, signatureReason);
        }
        const message = readXml(body.toString());
        return message ? { ok: true, message, seal: (xml) => xml } : refused(400, 'the body is no message in XML');
      }
      if (ciphers.length === 0) {
        return refused(400, 'the message is encrypted, but no EncodingAESKey is set');
      }
      const outer = readXml(body.toString());
      // White space around the ciphertext is not part of what was signed.
      const encrypted = outer && textOf(outer, 'Encrypt').trim();
      if (!encrypted) return refused(400, 'the body holds no encrypted message');
      // Only msg_signature covers the body; `signature` is the address's own and proves nothing here.
      if (!sameSignature(sole(query, 'msg_signature') ?? '', signatureOf([token, timestamp, nonce, encrypted]))) {
        return refused(403, signatureReason);
      }
      const decrypted = decrypt(encrypted);
      if (!decrypted.ok) return refused(403, decrypted.reason);
      const message = readXml(decrypted.text);
      if (!message) return refused(400, 'the decrypted body is no message in XML');
      // The answer goes out under the key that the question came with.
      return { ok: true, message, seal: (xml) => seal(xml, decrypted.cipher, nonce) };
    },
  };
}

/** Answers a refusal: the body says no more than the status. */
export function answerRefusal({ status }: Refused): WebhookAnswer {
  return { status, body: status === 403 ? 'forbidden' : status === 413 ? 'too large' : 'bad request' };
}

const signatureReason = 'the signature is wrong; compare the token with the one in the console';
const staleReason = 'the timestamp is outside the window; check the clock of this machine';

function refused(status: Refused['status'], reason: string): Refused {
  return { ok: false, status, reason };
}

/** A parameter that stands exactly once: a second one could be read by one part and the first by another. */
function sole(query: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = query.getAll(name);
  return more.length === 0 ? value : undefined;
}
