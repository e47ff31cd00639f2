import type { Clock } from '../../kernel/clock.ts';
import type { ApiResult } from './api-result.ts';

/** A token as the platform gave it. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** In the last five minutes the platform already gives the next token, and both are valid. */
const renewAheadMs = 300_000;
/** However short a token's life, the platform is not asked more often than this. */
const shortestLifeMs = 10_000;

/** The token that a platform's API wants with each call. */
export interface AccessToken {
  /** The current one; one request to the platform at a time, whoever asks meanwhile waits for it. */
  get(): Promise<ApiResult<string>>;
  /** The platform has refused this token: the next `get` asks for another. One that is no longer current is left alone. */
  drop(token: string): void;
}

/**
 * @param fetch Asks the platform. It gives each process the same token as long as it is valid, so that no
 *   process needs to know of another.
 */
export function createAccessToken(fetch: () => Promise<ApiResult<IssuedToken>>, clock: Clock): AccessToken {
  let current: { readonly token: string; readonly renewAt: number } | undefined;
  let asking: Promise<ApiResult<string>> | undefined;

  const ask = async (): Promise<ApiResult<string>> => {
    const asked = clock.now().getTime();
    const result = await fetch();
    if (!result.ok) return result;
    const { token, expiresInSeconds } = result.value;
    current = { token, renewAt: asked + Math.max(expiresInSeconds * 1000 - renewAheadMs, shortestLifeMs) };
    return { ok: true, value: token };
  };

  return {
    async get() {
      if (current && clock.now().getTime() < current.renewAt) return { ok: true, value: current.token };
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    drop(token) {
      if (current?.token === token) current = undefined;
    },
  };
}
