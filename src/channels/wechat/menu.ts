import { z } from 'zod';
import { ConfigError, UserError } from '../../kernel/errors.ts';
import { bytesOf } from '../tencent/byte-budget.ts';
import type { PlatformApi } from '../tencent/platform-api.ts';
import { remedyFor } from './outcome-of.ts';

/** What a tap on a menu item does: sends words to us, or opens an address. */
export type MenuItem =
  | { readonly name: string; readonly words: string }
  | { readonly name: string; readonly url: string };

/** An item of the bar, or a name above several. */
export type MenuButton = MenuItem | { readonly name: string; readonly items: readonly MenuItem[] };

/** WeChat's limits (创建自定义菜单): buttons, sub-buttons, and bytes of UTF-8. */
const mostButtons = 3;
const mostItems = 5;
const longestName = 16;
const longestItemName = 60;
const longestWords = 128;
const longestUrl = 1_024;

/**
 * Reads a menu as it stands in the configuration: `最新=最新, 分类=分类, 更多/博客=https://blog.example` — a name,
 * behind `=` the words that a tap sends or the address that it opens; a name with a slash stands below the
 * name before the slash.
 *
 * @throws ConfigError that says which entry is wrong and how to write it.
 */
export function parseMenu(text: string): readonly MenuButton[] {
  const groups = new Map<string, { direct?: MenuItem; readonly items: MenuItem[] }>();
  for (const entry of text.split(/[,，\n]/).map((part) => part.trim())) {
    if (entry === '') continue;
    const [, path = '', target = ''] = /^([^=]+)=(.+)$/.exec(entry) ?? [];
    const [top = '', below] = path.split('/').map((part) => part.trim());
    if (top === '' || target.trim() === '') throw wrong(entry, 'write NAME=WORDS or NAME=https://…');
    const group = groups.get(top) ?? { items: [] };
    groups.set(top, group);
    const item = itemOf(below ?? top, target.trim(), entry);
    if (below === undefined) group.direct = item;
    else group.items.push(item);
    if (group.direct && group.items.length > 0)
      throw wrong(entry, `"${top}" is a button already; give it another name`);
    if (group.items.length > mostItems) throw wrong(entry, `"${top}" holds more than ${mostItems} items`);
    if (bytesOf(top) > longestName) throw wrong(entry, `a name takes ${longestName} bytes, about 5 Chinese characters`);
  }
  if (groups.size === 0)
    throw new ConfigError('WECHAT_MENU: there is no button; write NAME=WORDS, separated by commas');
  if (groups.size > mostButtons)
    throw new ConfigError(`WECHAT_MENU: ${groups.size} buttons; WeChat shows ${mostButtons}`);
  return [...groups].map(([name, { direct, items }]) => direct ?? { name, items });
}

function itemOf(name: string, target: string, entry: string): MenuItem {
  if (bytesOf(name) > longestItemName) throw wrong(entry, `a name takes ${longestItemName} bytes`);
  if (/^https?:\/\//i.test(target)) {
    if (!URL.canParse(target) || bytesOf(target) > longestUrl)
      throw wrong(entry, 'this is no address that WeChat takes');
    return { name, url: target };
  }
  if (bytesOf(target) > longestWords) throw wrong(entry, `the words take ${longestWords} bytes`);
  return { name, words: target };
}

function wrong(entry: string, remedy: string): ConfigError {
  return new ConfigError(`WECHAT_MENU: "${entry}" is no menu item: ${remedy}`);
}

/** The menu below the chat of an account. */
export interface WechatMenu {
  /** @throws UserError if WeChat refuses, with the reason and what to do. */
  create(menu: readonly MenuButton[]): Promise<void>;
  /** The menu as it is now, also one made at mp.weixin.qq.com. @throws UserError if WeChat refuses. */
  current(): Promise<readonly MenuButton[]>;
}

const shownItem = z.object({
  name: z.string(),
  type: z.string().optional(),
  key: z.string().optional(),
  url: z.string().optional(),
  value: z.string().optional(),
});
const shownMenu = z.object({
  selfmenu_info: z
    .object({
      button: z.array(shownItem.extend({ sub_button: z.object({ list: z.array(shownItem) }).optional() })),
    })
    .optional(),
});

export function createWechatMenu(api: PlatformApi): WechatMenu {
  const call = async (path: string, body?: object) => {
    const result = await api.call(path, body);
    if (result.ok) return result.value;
    throw new UserError(`WeChat's menu: ${result.reason}; ${remedyFor(result)}`);
  };
  return {
    async create(menu) {
      await call('/cgi-bin/menu/create', {
        button: menu.map((button) =>
          'items' in button ? { name: button.name, sub_button: button.items.map(buttonOf) } : buttonOf(button),
        ),
      });
    },
    async current() {
      const answer = shownMenu.safeParse(await call('/cgi-bin/get_current_selfmenu_info'));
      if (!answer.success) throw new UserError("WeChat's menu: the answer has another form than documented");
      return (answer.data.selfmenu_info?.button ?? []).map(({ sub_button: sub, ...button }) =>
        sub ? { name: button.name, items: sub.list.map(shown) } : shown(button),
      );
    },
  };
}

function buttonOf(item: MenuItem): object {
  return 'url' in item
    ? { type: 'view', name: item.name, url: item.url }
    : { type: 'click', name: item.name, key: item.words };
}

/** Items of kinds that we do not make are shown by whatever they hold. */
function shown({ name, url, key, value, type }: z.output<typeof shownItem>): MenuItem {
  return url !== undefined ? { name, url } : { name, words: key ?? value ?? type ?? '' };
}
