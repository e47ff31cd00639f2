import type { Source } from './catalog/sources/source.ts';
import { createWechatPublishedSource, wechatPublished } from './catalog/sources/wechat-published-source.ts';
import { readPublishedArticles } from './channels/wechat/published-articles.ts';
import { createWechatApi } from './channels/wechat/wechat-api.ts';
import type { WechatConfig } from './config/config.ts';
import type { Clock } from './kernel/clock.ts';
import type { KeyValueStore } from './kernel/key-value-store.ts';

/** Sources that are named rather than found at a path or an address; none without the account that they need. */
export function namedSources(
  wechat: WechatConfig | undefined,
  clock: Clock,
  cache?: KeyValueStore,
): Readonly<Record<string, Source>> {
  if (!wechat?.appSecret) return {};
  const api = createWechatApi({ appId: wechat.appId, appSecret: wechat.appSecret, apiRoot: wechat.apiRoot, clock });
  return { [wechatPublished]: createWechatPublishedSource((signal) => readPublishedArticles(api, signal), cache) };
}
