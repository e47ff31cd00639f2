import { createSceneCode } from '../channels/wechat/codes.ts';
import { createWechatMenu, type MenuButton, type MenuItem, parseMenu } from '../channels/wechat/menu.ts';
import { createWechatApi } from '../channels/wechat/wechat-api.ts';
import type { WechatConfig } from '../config/config.ts';
import { loadEnvironment } from '../config/load-environment.ts';
import { readConfig } from '../config/read-config.ts';
import { systemClock } from '../kernel/clock.ts';
import { ConfigError } from '../kernel/errors.ts';
import type { Terminal } from './terminal.ts';

/** Makes the menu if asked to, and prints what WeChat shows then. */
export async function runWechatMenu(
  { create, json }: { readonly create: boolean; readonly json: boolean },
  { folder, stdout }: Terminal,
): Promise<void> {
  const account = configuredAccount(folder);
  // Before anything is asked: a menu that is written wrongly changes nothing.
  const wanted = parseMenu(account.menu);
  const menu = createWechatMenu(apiOf(account));
  if (create) await menu.create(wanted);
  const current = await menu.current();
  stdout.write(json ? `${JSON.stringify({ menu: current })}\n` : menuAsText(current));
}

/** Makes a code and prints where its picture is. */
export async function runWechatCode(
  scene: string,
  { json }: { readonly json: boolean },
  { folder, stdout }: Terminal,
): Promise<void> {
  const code = await createSceneCode(apiOf(configuredAccount(folder)), scene);
  stdout.write(json ? `${JSON.stringify({ scene, ...code })}\n` : `${code.picture}\n`);
}

type Account = WechatConfig & { readonly appSecret: string };

function configuredAccount(folder: string): Account {
  const { wechat } = readConfig(loadEnvironment(folder));
  if (!wechat) throw new ConfigError('WECHAT_APP_ID is not set; this command needs the Official Account');
  const { appSecret } = wechat;
  if (appSecret === undefined)
    throw new ConfigError('WECHAT_APP_SECRET is not set; without it WeChat can be asked for nothing');
  return { ...wechat, appSecret };
}

function apiOf({ appId, appSecret, apiRoot }: Account) {
  return createWechatApi({ appId, appSecret, apiRoot, clock: systemClock });
}

/** A line a button, items below their name; behind the arrow what a tap sends or opens. */
function menuAsText(menu: readonly MenuButton[]): string {
  if (menu.length === 0) return 'no menu; `postbell wechat menu --create` makes the one of WECHAT_MENU\n';
  const line = (item: MenuItem) => `${item.name} → ${'url' in item ? item.url : item.words}`;
  return menu
    .flatMap((button) =>
      'items' in button ? [button.name, ...button.items.map((item) => `  ${line(item)}`)] : [line(button)],
    )
    .map((text) => `${text}\n`)
    .join('');
}
