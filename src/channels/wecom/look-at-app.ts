import { type AccountLook, accountLook } from '../tencent/account-look.ts';
import { createWecomApi, type WecomApiOptions } from './wecom-api.ts';

/** Tries corporation, secret and app, by asking for the app's description. */
export async function lookAtApp(options: WecomApiOptions & { readonly agentId: number }): Promise<AccountLook> {
  return accountLook(await createWecomApi(options).call(`/cgi-bin/agent/get?agentid=${options.agentId}`));
}
