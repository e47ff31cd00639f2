import { fillers } from './fillers.ts';

/** Said to whoever answers in a chat, of no matter: `greeting` is a set phrase, `chatter` is made of words that only ask. */
export type SmallTalk = 'greeting' | 'chatter';

/** By what is left without spaces and punctuation, in lower case. */
const GREETINGS = new Set(
  `
  你好 您好 你好啊 您好啊 你好呀 你们好 大家好 嗨 哈喽 哈罗 喂 在吗 在么 在不在 有人吗 有人在吗 早 早安 早上好 上午好 中午好 下午好 晚上好 晚安 再见 拜拜 回见 明天见
  谢谢 谢谢你 谢谢您 谢了 多谢 非常感谢 感谢 辛苦了 不客气 没事 没事了 没关系 对不起 抱歉 不好意思 好 好的 好吧 好呀 行 行吧 可以 可以吗 是 是的 不是 对 对的 嗯 嗯嗯 哦 哈哈 哈哈哈 呵呵 厉害 真棒 你真棒
  你是谁 你叫什么 你叫什么名字 你叫啥 你多大了 你是机器人吗 你是人吗 你是真人吗 你在干嘛 你在干什么 你能做什么 你会做什么 你会什么 你能干什么 你能干嘛 你有什么功能 怎么用你 我爱你 我喜欢你 吃了吗 吃饭了吗 讲个笑话 说个笑话 几点了 现在几点
  hi hey hello hellothere hithere heythere yo goodmorning goodafternoon goodevening goodnight goodday bye byebye goodbye seeyou seeyoulater seeya
  thanks thankyou thankyousomuch thankyouverymuch thanksalot manythanks thx ty nothanks nothankyou sorry welcome yourewelcome ok okay yes yesplease no please lol haha great cool nice
  howareyou howareyoudoing howoldareyou howdoyoudo whatsup nicetomeetyou whoareyou whatareyou whomadeyou whatisyourname whatsyourname areyouabot areyouarobot areyouhuman areyouthere isanyonethere whatcanyoudo whatdoyoudo
  helpmeplease canyouhelpme canyouhelp ineedhelp iloveyou tellmeajoke whattimeisit  whereareyou whereareyoufrom
`
    .trim()
    .split(/\s+/),
);

/** Words that turn to someone, or ask for something that they do not name. */
const TURNS_TO = new Set(
  'i me my you your he she they we us our it this that there who whom whose what which where when why how'.split(' '),
);

/**
 * Whether a query is small talk: one of the set phrases, or two and more words of which none names a matter. A post
 * answers it only with a title that says the same.
 */
export function smallTalkOf(compact: string, pieces: readonly { readonly text: string }[]): SmallTalk | undefined {
  if (GREETINGS.has(compact)) return 'greeting';
  const words = pieces.map(({ text }) => text);
  if (words.length < 2) return undefined;
  if (words.every((word) => fillers.isChinese(word))) return 'chatter';
  // Of `if else` and `for of` each word is a filler too, but they turn to no one.
  const isChatter = words.every((word) => fillers.isFunctionWord(word)) && words.some((word) => TURNS_TO.has(word));
  return isChatter ? 'chatter' : undefined;
}
