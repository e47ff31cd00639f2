import { fillers } from './fillers.ts';

/** Said to whoever answers in a chat, of no matter: `greeting` is a set phrase, `chatter` is made of words that only ask. */
export type SmallTalk = 'greeting' | 'chatter';

/** By what is left without spaces and punctuation, in lower case. */
const GREETINGS = new Set(
  `
  你好 您好 你好啊 您好啊 你好呀 你们好 大家好 嗨 哈喽 哈罗 喂 在吗 在么 在不在 有人吗 有人在吗 早 早安 早上好 上午好 中午好 下午好 晚上好 晚安 再见 拜拜 回见 明天见
  谢谢 谢谢你 谢谢您 谢了 多谢 非常感谢 感谢 辛苦了 不客气 没事 没事了 没关系 对不起 抱歉 不好意思 好 好的 好吧 好呀 行 行吧 可以 可以吗 是 是的 不是 对 对的 嗯 嗯嗯 哦 哈哈 哈哈哈 呵呵 厉害 真棒 你真棒
  你是谁 你叫什么 你叫什么名字 你叫啥 你多大了 你是机器人吗 你是人吗 你是真人吗 你在干嘛 你在干什么 你能做什么 你会做什么 你会什么 你能干什么 你能干嘛 你有什么功能 怎么用你 你会说英语吗 你会说中文吗 你会说英文吗 你会中文吗 你会英语吗 我爱你 我喜欢你 吃了吗 吃饭了吗 讲个笑话 说个笑话 几点了 现在几点
  hi hey hello hellothere hithere heythere yo goodmorning goodafternoon goodevening goodnight goodday bye byebye goodbye seeyou seeyoulater seeya
  thanks thankyou thankyousomuch thankyouverymuch thanksalot manythanks thx ty nothanks nothankyou sorry welcome yourewelcome ok okay yes yesplease no please lol haha great cool nice
  howareyou howareyoudoing howoldareyou howdoyoudo whatsup nicetomeetyou whoareyou whatareyou whomadeyou whatisyourname whatsyourname areyouabot areyouarobot areyouhuman areyouthere isanyonethere whatcanyoudo whatdoyoudo
  helpmeplease canyouhelpme canyouhelp ineedhelp iloveyou tellmeajoke whattimeisit  whereareyou whereareyoufrom doyouspeakenglish doyouspeakchinese
`
    .trim()
    .split(/\s+/),
);

/** What is said of people, or to whoever answers: no subject of posts, as long as nothing else is in the sentence. */
const SAID_OF_PEOPLE = new Set(
  `
  最近 近来 今天 今晚 昨天 明天 现在 刚才 每天 平时 早上 晚上 有空 忙 累 困 饿 渴 开心 高兴 快乐 难过 伤心 生气 害怕 孤单 孤独 寂寞 无聊 烦 郁闷 心情 感觉 觉得 认为
  喜欢 爱 讨厌 恨 想念 关心 在乎 相信 懂 明白 听 听懂 听见 听到 记得 忘记 认识 认得 回 回我 回答 回复 回话 答 理 问 说话 讲话 聊天 闲聊 陪 家 回家 住 睡 睡觉 睡着 醒 起床 吃 吃饭 饭 喝 喝水 哭 笑 玩 唱歌
  上班 下班 休息 活 活着 死 走 走开 停 闭嘴 聪明 笨 傻 蠢 厉害 棒 可爱 漂亮 帅 美 丑 坏 慢 快 久 错 真人 真实 真 假 人 人类 活人 男 女 男生 女生 男人 女人 年龄 岁 大 生日 名字 性别 朋友 女朋友 男朋友 爸爸 妈妈 主人 骗 骗人 撒谎 开玩笑 努力 加油
  real busy like love hate sleep asleep awake hear hearing listen listening see wrong right slow fast smart clever stupid dumb silly funny boring bored tired hungry sick sad happy angry mad lonely alive dead
  human person people man woman male female boy girl bot robot machine friend friends married single day today tonight now going coming feel feeling think thinking mean sure talk talking chat chatting speak speaking
  say saying said answer answering reply replying respond responding ignore ignoring remember forget forgot understand know live living eat eating drink dream born age old name fine okay ok nice cool cute pretty beautiful ugly crazy
  serious kidding joking lying lie trust believe care miss stay wait stop leave really always never ever already tell help good bad so
`
    .trim()
    .split(/\s+/),
);
/** A sentence that turns to someone is short. */
const LONGEST_SENTENCE = 9;
const LONGEST_PIECE = 6;

/** Words that turn to someone, or ask for something that they do not name. */
const TURNS_TO = new Set(
  'i me my you your he she they we us our it this that there who whom whose what which where when why how'.split(' '),
);

/**
 * Whether a query is small talk: one of the set phrases; or two and more words of which none names a matter; or a short
 * sentence between `you` and `I` of what is said of people. A post answers it only with a title that says the same.
 */
export function smallTalkOf(compact: string, pieces: readonly SpokenPiece[]): SmallTalk | undefined {
  if (GREETINGS.has(compact)) return 'greeting';
  if (pieces.length < 2) return undefined;
  const texts = pieces.map(({ text }) => text);
  if (texts.every((text) => fillers.isChinese(text))) return 'chatter';
  // Of `if else` and `for of` each word is a filler too, but they turn to no one.
  if (texts.every((text) => fillers.isFunctionWord(text)) && texts.some((text) => TURNS_TO.has(text))) return 'chatter';
  return isSaidOfPeople(pieces) ? 'chatter' : undefined;
}

/** A piece of the query, and the words in letters that it is made of. */
interface SpokenPiece {
  readonly text: string;
  readonly kind: 'word' | 'phrase' | 'cjk' | 'mixed';
  readonly words: readonly string[];
}

function isSaidOfPeople(pieces: readonly SpokenPiece[]): boolean {
  if (pieces.length > LONGEST_SENTENCE) return false;
  if (pieces.every(({ kind }) => kind === 'cjk')) {
    return pieces.some(({ text }) => /[你您我]|怎么样|咋样/.test(text)) && pieces.every(({ text }) => isSpoken(text));
  }
  const words = pieces.flatMap((piece) => piece.words);
  if (pieces.some(({ kind }) => kind === 'cjk' || kind === 'mixed')) return false;
  const isAddressed = words.some((word) => word === 'you' || word === 'your') || /^i('m)?$/.test(words[0] ?? '');
  return isAddressed && words.every((word) => fillers.isFunctionWord(word) || SAID_OF_PEOPLE.has(word));
}

/** A filler, or what is made of fillers and of what is said of people, as 太慢 and 住在; but no word such as 事件. */
function isSpoken(text: string): boolean {
  return fillers.isChinese(text) || (text.length <= LONGEST_PIECE && isMadeOfSpoken(text, false));
}

function isMadeOfSpoken(text: string, saysSomething: boolean): boolean {
  if (text === '') return saysSomething;
  for (let end = 1; end <= text.length; end++) {
    const head = text.slice(0, end);
    const isSaid = SAID_OF_PEOPLE.has(head) || /^[你您我]/.test(head) || head.length > 1;
    if (
      (SAID_OF_PEOPLE.has(head) || fillers.isChinese(head)) &&
      isMadeOfSpoken(text.slice(end), saysSomething || isSaid)
    )
      return true;
  }
  return false;
}
