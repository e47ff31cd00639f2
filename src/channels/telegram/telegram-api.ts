import { createRequire } from 'node:module';
import type * as Grammy from 'grammy';
import type { Api } from 'grammy';
import { undici } from '../../kernel/packages-on-demand.ts';

const load = createRequire(import.meta.url);

/** grammY, loaded when it is first needed: a start without a bot does without its forty files. */
export const grammy = (): typeof Grammy => load('grammy');

interface TelegramApiOptions {
  readonly token: string;
  readonly apiRoot: string;
  /** Of each call; grammY's own is 500 s. */
  readonly timeoutSeconds: number;
}

interface Call {
  readonly method: 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/**
 * grammY's client over undici. grammY would use node-fetch, which takes twice the time for a call (190 and 87 µs
 * of CPU, measured by 6,000 sendMessage to a local server) and loses the status of an answer that is no JSON,
 * such as the page of a proxy.
 */
export function createTelegramApi({ token, apiRoot, timeoutSeconds }: TelegramApiOptions): Api {
  const { Agent, request } = undici();
  const { Api } = grammy();
  const agent = new Agent({ connections: 100 });
  return new Api(token, {
    apiRoot: apiRoot.replace(/\/+$/, ''),
    timeoutSeconds,
    fetch: async (url: string, { method, headers, body, signal }: Call) => {
      const response = await request(url, {
        method,
        headers: { 'content-type': headers['content-type'] ?? 'application/json' },
        body,
        signal,
        dispatcher: agent,
      });
      const text = await response.body.text();
      return { json: () => readAnswer(text, response.statusCode) };
    },
  });
}

/** An answer of the Bot API; whatever else came is given the shape of a refusal. */
function readAnswer(text: string, status: number): unknown {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && 'ok' in answer) return answer;
  } catch {
    // Told below.
  }
  return { ok: false, error_code: status >= 400 ? status : 502, description: 'no answer of a Bot API server' };
}

/** grammY takes the platform's own signals, but types them by the polyfill that it uses on old versions of Node. */
export function grammySignal(signal: AbortSignal): GrammySignal {
  return signal as GrammySignal;
}

type GrammySignal = NonNullable<Parameters<Api['getMe']>[0]>;
