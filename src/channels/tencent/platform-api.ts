import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { codeOf } from '../../kernel/errors.ts';
import { type AccessToken, createAccessToken } from './access-token.ts';
import type { ApiFailure, ApiResult } from './api-result.ts';

const timeoutMs = 10_000;

/** Error codes that say that the token is no longer valid; the call was not carried out. */
const tokenCodes = new Set([40001, 40014, 42001]);

/** Network errors that occur before anything was sent. */
const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const answerSchema = z.looseObject({
  errcode: z.number().int().default(0),
  errmsg: z.string().default(''),
});

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

export type ApiAnswer = z.output<typeof answerSchema>;

/** The HTTP API of WeChat or WeCom. Both answer 200 to everything and tell the outcome by `errcode`. */
export interface PlatformApi {
  /** Calls with the access token; with `body` as POST. A refused token is renewed and the call repeated, once. */
  call(path: string, body?: object): Promise<ApiResult<ApiAnswer>>;
}

export interface PlatformApiParts {
  /** Such as `https://api.weixin.qq.com`, without a slash at the end. */
  readonly apiRoot: string;
  /** Where a token is asked for. */
  readonly tokenRequest: { readonly path: string; readonly body?: object };
  readonly clock: Clock;
}

export function createPlatformApi({ apiRoot, tokenRequest, clock }: PlatformApiParts): PlatformApi {
  const token: AccessToken = createAccessToken(async () => {
    const answer = await request(`${apiRoot}${tokenRequest.path}`, tokenRequest.body);
    if (!answer.ok) return answer.kind === 'refused' ? { ...answer, of: 'token' } : answer;
    const issued = tokenSchema.safeParse(answer.value);
    if (!issued.success) return { ok: false, kind: 'unreachable', reason: 'the platform gave no access token' };
    return { ok: true, value: { token: issued.data.access_token, expiresInSeconds: issued.data.expires_in } };
  }, clock);

  const attempt = async (path: string, body: object | undefined) => {
    const current = await token.get();
    // Without a token nothing was sent, whatever became of the request for one.
    if (!current.ok) return current.kind === 'lost' ? { ...current, kind: 'unreachable' as const } : current;
    const url = new URL(`${apiRoot}${path}`);
    url.searchParams.set('access_token', current.value);
    const answer = await request(url.href, body);
    if (refusesToken(answer)) token.drop(current.value);
    return answer;
  };

  return {
    async call(path, body) {
      const first = await attempt(path, body);
      return refusesToken(first) ? attempt(path, body) : first;
    },
  };
}

/** 40001 to the request for a token means a wrong secret instead: asking again would help nobody. */
function refusesToken(answer: ApiResult<ApiAnswer>): boolean {
  return !answer.ok && answer.kind === 'refused' && answer.of === 'call' && tokenCodes.has(answer.code);
}

/** One call without a token of its own, such as a group robot's. */
export async function request(url: string, body: object | undefined): Promise<ApiResult<ApiAnswer>> {
  let text: string;
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
      ...(body && {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        // Raw UTF-8: the platforms refuse menus whose text is written in \u escapes.
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) return { ok: false, kind: 'lost', reason: `the platform answered HTTP ${response.status}` };
    text = await response.text();
  } catch (thrown) {
    return networkFailure(thrown);
  }
  const answer = answerSchema.safeParse(jsonOf(text));
  if (!answer.success) return { ok: false, kind: 'lost', reason: 'the platform answered no JSON object' };
  const { errcode, errmsg } = answer.data;
  if (errcode === 0) return { ok: true, value: answer.data };
  return { ok: false, kind: 'refused', of: 'call', code: errcode, reason: `${errcode} ${errmsg.slice(0, 120)}` };
}

/** Only the code of the error: its text may hold the address, and with it the token. */
function networkFailure(thrown: unknown): ApiFailure {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  const code = codeOf(cause);
  if (unsentCodes.has(code))
    return { ok: false, kind: 'unreachable', reason: `the platform cannot be reached: ${code}` };
  const name = thrown instanceof Error && thrown.name === 'TimeoutError' ? 'no answer in time' : code || 'broken off';
  return { ok: false, kind: 'lost', reason: `the connection to the platform failed: ${name}` };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
