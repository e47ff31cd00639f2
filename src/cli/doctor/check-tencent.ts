import { lookAtAccount } from '../../channels/wechat/look-at-account.ts';
import { lookAtApp } from '../../channels/wecom/look-at-app.ts';
import type { WechatConfig, WecomConfig } from '../../config/config.ts';
import type { Clock } from '../../kernel/clock.ts';
import { type Finding, fine, wrong } from './finding.ts';

/** Whether AppID and AppSecret belong together. Without a secret nothing is ever called. */
export async function checkWechat(
  { appId, appSecret, apiRoot }: Pick<WechatConfig, 'appId' | 'appSecret' | 'apiRoot'>,
  clock: Clock,
): Promise<Finding> {
  if (appSecret === undefined)
    return fine('wechat', 'answers only: without WECHAT_APP_SECRET nothing is pushed, and nothing can be checked');
  return findingOf('wechat', await lookAtAccount({ appId, appSecret, apiRoot, clock }), apiRoot, {
    taken: `${appId} and its secret are taken`,
    credentials: 'write WECHAT_APP_ID and WECHAT_APP_SECRET as 设置与开发 → 基本配置 shows them',
    address: 'add the address of this machine there: 设置与开发 → 基本配置 → IP白名单',
    root: 'WECHAT_API_ROOT',
  });
}

/** Whether corporation, secret and app belong together. */
export async function checkWecom(
  config: Pick<WecomConfig, 'corpId' | 'agentId' | 'secret' | 'apiRoot'>,
  clock: Clock,
): Promise<Finding> {
  return findingOf('wecom', await lookAtApp({ ...config, clock }), config.apiRoot, {
    taken: `${config.corpId} and the secret of its app ${config.agentId} are taken`,
    credentials:
      'write WECOM_CORP_ID (我的企业 → 企业ID), and WECOM_AGENT_ID and WECOM_SECRET from the page of one and the same app',
    address: 'add the address of this machine on the page of the app: 企业可信IP',
    root: 'WECOM_API_ROOT',
  });
}

function findingOf(
  check: string,
  look: Awaited<ReturnType<typeof lookAtApp>>,
  apiRoot: string,
  texts: { readonly taken: string; readonly credentials: string; readonly address: string; readonly root: string },
): Finding {
  switch (look.kind) {
    case 'taken':
      return fine(check, texts.taken);
    case 'refused':
      return wrong(check, `the credentials are refused (${look.reason})`, texts.credentials);
    case 'strange-app':
      return wrong(check, `the secret is not that of the app (${look.reason})`, texts.credentials);
    case 'strange-address':
      return wrong(check, `calls from this machine are refused (${look.reason})`, texts.address);
    case 'unreachable':
      return wrong(
        check,
        `${apiRoot} can't be asked (${look.reason})`,
        `see whether this machine may reach it; ${texts.root} names another server`,
      );
  }
}
