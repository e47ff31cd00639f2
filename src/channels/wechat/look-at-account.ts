import { type AccountLook, accountLook } from '../tencent/account-look.ts';
import { createWechatApi, type WechatApiOptions } from './wechat-api.ts';

/** Tries AppID and AppSecret, by a call that every account may make and that changes nothing. */
export async function lookAtAccount(options: WechatApiOptions): Promise<AccountLook> {
  return accountLook(await createWechatApi(options).call('/cgi-bin/get_api_domain_ip'));
}
