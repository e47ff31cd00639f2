import type { ChannelName } from '../../subscribers/address.ts';
import type { Language } from '../../subscribers/subscriber.ts';
import type { CardPreview } from './card-previews.ts';

/** The words of the dashboard. */
export interface AdminWords {
  readonly title: string;
  readonly signIn: string;
  readonly signInNow: string;
  readonly linkUsed: string;
  readonly howToSignIn: string;
  readonly signOut: string;
  readonly posts: string;
  readonly active: string;
  readonly suspended: string;
  readonly growth: string;
  readonly day: string;
  readonly asTable: string;
  readonly queries: string;
  readonly unanswered: string;
  readonly opened: string;
  readonly wanted: string;
  readonly everything: string;
  readonly channels: string;
  readonly deliveries: string;
  readonly states: Readonly<Record<'pending' | 'sending' | 'sent' | 'unknown' | 'dead', string>>;
  readonly failures: string;
  readonly retry: string;
  readonly waiting: string;
  readonly announce: string;
  readonly discard: string;
  readonly problems: string;
  readonly reload: string;
  /** What is said where there is none of it. */
  readonly none: Readonly<
    Record<'posts' | 'subscribers' | 'queries' | 'unanswered' | 'opened' | 'failures' | 'waiting' | 'problems', string>
  >;
  readonly preview: string;
  readonly post: string;
  readonly show: string;
  /** A channel without a name here is called as in addresses. */
  readonly places: Readonly<Record<CardPreview['place'], string> & Partial<Record<ChannelName, string>>>;
}

export const adminWords: Readonly<Record<Language, AdminWords>> = {
  zh: {
    title: '后台',
    signIn: '登录后台',
    signInNow: '登录',
    linkUsed: '这个链接已经用过或过期了，请再要一个新的。',
    howToSignIn:
      '登录要用一次性链接，十分钟内有效：管理员私下给机器人发 /后台 就能拿到；在终端里启动机器人时，终端也会显示。',
    signOut: '退出',
    posts: '文章',
    active: '订阅者',
    suspended: '已停用',
    growth: '最近三十天的订阅者',
    day: '日期',
    asTable: '看表格',
    queries: '大家在找什么',
    unanswered: '没有找到的',
    opened: '打开最多的文章（最近三十天）',
    wanted: '大家订阅了什么',
    everything: '全部文章',
    channels: '来自哪里',
    deliveries: '推送',
    states: { pending: '等待', sending: '发送中', sent: '已送达', unknown: '结果不明', dead: '失败' },
    failures: '没有送到的',
    retry: '全部重试',
    waiting: '等你决定的文章',
    announce: '通知订阅者',
    discard: '不通知',
    problems: '目录里的问题',
    reload: '重新读取目录',
    none: {
      posts: '目录里还没有文章。',
      subscribers: '还没有人订阅。把聊天页面或机器人的链接发给读者吧。',
      queries: '还没有人搜过。',
      unanswered: '目前搜过的都找到了。',
      opened: '还没有人打开过文章。',
      failures: '没有失败的推送。',
      waiting: '没有文章在等你决定。',
      problems: '目录没有问题。',
    },
    preview: '预览卡片',
    post: '文章',
    show: '看看',
    places: {
      telegram: 'Telegram',
      wechat: '微信',
      wecom: '企业微信',
      web: '网页',
      terminal: '终端',
      notification: '浏览器通知',
    },
  },
  en: {
    title: 'Dashboard',
    signIn: 'Sign in to the dashboard',
    signInNow: 'Sign in',
    linkUsed: 'This link was used already or is too old; ask for a new one.',
    howToSignIn:
      'You sign in with a one-time link, good for ten minutes. Admins get one by sending the bot /dashboard in private; the terminal in which the bot is started shows one, too.',
    signOut: 'Sign out',
    posts: 'posts',
    active: 'subscribers',
    suspended: 'suspended',
    growth: 'Subscribers over the last thirty days',
    day: 'Day',
    asTable: 'As a table',
    queries: 'What people look for',
    unanswered: 'What they did not find',
    opened: 'Most opened posts (last thirty days)',
    wanted: 'What people subscribe to',
    everything: 'Every post',
    channels: 'Where they are',
    deliveries: 'Deliveries',
    states: { pending: 'waiting', sending: 'on their way', sent: 'arrived', unknown: 'unknown', dead: 'failed' },
    failures: 'What did not arrive',
    retry: 'Send all again',
    waiting: 'Posts that wait for you',
    announce: 'Tell the subscribers',
    discard: 'Tell nobody',
    problems: 'Problems in the catalog',
    reload: 'Read the catalog again',
    none: {
      posts: 'The catalog has no posts yet.',
      subscribers: 'Nobody has subscribed yet. Show your readers the chat page or the bot.',
      queries: 'Nobody has searched yet.',
      unanswered: 'Whatever was searched for was found.',
      opened: 'Nobody has opened a post yet.',
      failures: 'No delivery has failed.',
      waiting: 'No post waits for you.',
      problems: 'The catalog has no problems.',
    },
    preview: 'Preview a card',
    post: 'Post',
    show: 'Show',
    places: {
      telegram: 'Telegram',
      wechat: 'WeChat',
      wecom: 'WeCom',
      web: 'Web page',
      terminal: 'Terminal',
      notification: 'Notification',
    },
  },
};
