/** What stands on the page of views beside what the bot says. */
export interface Headings {
  readonly page: string;
  /** With the command that makes the page in `<code>`. */
  readonly note: string;
  readonly greeting: string;
  readonly search: string;
  readonly within: string;
  readonly post: string;
  readonly nothing: string;
  readonly latest: string;
  readonly nextPage: string;
  readonly categories: string;
  readonly category: string;
  readonly series: string;
  readonly related: string;
  readonly random: string;
  readonly inline: string;
  readonly chosen: string;
  readonly group: string;
  readonly subscribe: string;
  readonly everything: string;
  readonly announcement: string;
  readonly digest: string;
  readonly subscriptions: string;
  readonly settings: string;
  readonly changed: string;
  readonly late: string;
  readonly privacy: string;
  readonly help: string;
}

export const headingsIn: Readonly<Record<'zh' | 'en', Headings>> = {
  en: {
    page: 'Postbell on Telegram',
    note: 'Made by <code>npm run views:telegram</code> from real answers.',
    greeting: 'A greeting',
    search: 'A search',
    within: 'A search for a part of a series',
    post: 'A post, opened by its number',
    nothing: 'Nothing found',
    latest: 'The latest',
    nextPage: 'The next page, in place',
    categories: 'Categories',
    category: 'One category',
    series: 'A series',
    related: 'More like a post',
    random: 'One at random',
    inline: 'Inline, in any chat',
    chosen: 'A card that was chosen there',
    group: 'A group asks',
    subscribe: 'A subscription',
    everything: 'Everything',
    announcement: 'An announcement',
    digest: 'Several at once',
    subscriptions: 'Subscriptions',
    settings: 'Settings',
    changed: 'Settings, changed in place',
    late: 'Written while the bot was down for long',
    privacy: 'What is stored',
    help: 'Help',
  },
  zh: {
    page: 'Telegram 上的 Postbell',
    note: '由 <code>npm run views:telegram</code> 根据真实回答生成。',
    greeting: '打招呼',
    search: '搜索',
    within: '搜系列里的一篇',
    post: '按编号打开一篇',
    nothing: '没找到',
    latest: '最新文章',
    nextPage: '原地翻到下一页',
    categories: '全部分类',
    category: '一个分类',
    series: '一个系列',
    related: '相近的文章',
    random: '随便看看',
    inline: '在任何聊天里直接搜',
    chosen: '选中后发出的卡片',
    group: '群里提问',
    subscribe: '订阅关键词',
    everything: '订阅全部',
    announcement: '新文章通知',
    digest: '几篇一起通知',
    subscriptions: '我的订阅',
    settings: '设置',
    changed: '原地改好的设置',
    late: '停机太久时发来的消息',
    privacy: '存了什么',
    help: '使用说明',
  },
};
