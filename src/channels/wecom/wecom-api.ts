import type { Clock } from '../../kernel/clock.ts';
import { createPlatformApi, type PlatformApi } from '../tencent/platform-api.ts';

/** The API of an app of WeCom. */
export interface WecomApiOptions {
  readonly corpId: string;
  readonly secret: string;
  /** Such as `https://qyapi.weixin.qq.com`. */
  readonly apiRoot: string;
  readonly clock: Clock;
}

/** Repeated requests for a token get the same one, so that several processes do not invalidate each other's. */
export function createWecomApi({ corpId, secret, apiRoot, clock }: WecomApiOptions): PlatformApi {
  return createPlatformApi({
    apiRoot,
    tokenRequest: { path: `/cgi-bin/gettoken?${new URLSearchParams({ corpid: corpId, corpsecret: secret })}` },
    clock,
  });
}
