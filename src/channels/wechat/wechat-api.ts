import type { Clock } from '../../kernel/clock.ts';
import { createPlatformApi, type PlatformApi } from '../tencent/platform-api.ts';

/** The API of an Official Account. */
export interface WechatApiOptions {
  readonly appId: string;
  readonly appSecret: string;
  /** Such as `https://api.weixin.qq.com`. */
  readonly apiRoot: string;
  readonly clock: Clock;
}

/**
 * Asks for stable tokens: repeated calls get the same one, so that several processes do not invalidate each
 * other's, as they do with `/cgi-bin/token`. A refresh is never forced: WeChat allows 20 a day.
 */
export function createWechatApi({ appId, appSecret, apiRoot, clock }: WechatApiOptions): PlatformApi {
  return createPlatformApi({
    apiRoot,
    clock,
    tokenRequest: {
      path: '/cgi-bin/stable_token',
      body: { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: false },
    },
  });
}
