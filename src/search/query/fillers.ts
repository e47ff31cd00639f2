/**
 * Words that ask, but say nothing of what is asked for. They are no units of a query: no post must hold them.
 * Matched as whole tokens or pieces, never inside a word.
 */
const CHINESE = new Set(
  words(`
  的 地 得 了 着 过 吗 呢 吧 啊 呀 嘛 么 哦 是 在 有 和 与 及 或 把 被 对 从 到 向 给 让 使 以 为 于 而 且 并 但 就 都 也 还 又 再 才 只 很 太 更 最 非常 比较
  我 你 您 他 她 它 我们 你们 他们 大家 咱们 自己 这 那 这个 那个 这些 那些 这里 那里 这种 那种 这样 那样 此 该 其 某 某个 各 每 每个
  什么 啥 什么是 啥是 是什么 是啥 什么叫 何 何为 何谓 哪 哪个 哪些 哪种 哪里 哪儿 谁 几 多少 怎么 怎样 怎么样 怎么办 怎么做 如何 为什么 为何 为啥 干嘛 干什么 是否 能否 可否 能不能 可不可以 是不是 有没有 有无 要不要 该不该 会不会
  请 请问 请教 求 求问 麻烦 帮 帮忙 帮我 谢谢 你好 您好 想 想要 想问 想知道 想了解 想学 我想 我要 要 需要 应该 该 能 能够 可以 可 会 会不会 得以 必须 希望 打算
  关于 有关 有关于 相关 方面 内容 文章 帖子 博文 博客 文档里 一篇 几篇 那篇 这篇 哪篇 篇 一个 一些 一种 一下 一下子 一点 有点 几个 几种 多个 所有 全部 任何
  讲 讲讲 讲解 讲的 讲讲看 讲述 说 说说 聊 聊聊 谈 谈谈 介绍 介绍一下 解释 解释一下 看 看看 看下 找 找找 找到 查 查找 查一下 搜 搜索一下 推荐 分享 了解 知道 告诉 学 学学 学习一下
  别人 谁能 有谁 哪位 适合 从哪 从哪里 从哪儿 从何 提到
  里 里面 里头 中 之中 当中 上 上面 下 下面 内 外 之 之间 之后 之前 以后 以前 前 后 时 时候 的时候 当 当时 情况 情况下 的话 如果 假如 要是 因为 所以 但是 不过 然后 接着 同时 而且 并且 或者 还是 以及 以便 为了
  没 没有 不 不是 不会 不能 不要 不用 别 无 无法
  用 使用到 用到 用来 用于 用上 拿 拿来 做 做到 做法 弄 搞 搞定 进行 实行 办 办法 方法 方式 步骤 怎么弄 怎么搞 怎么用 怎么写 怎么回事 怎么解决 有什么 有哪些 有什么用 是怎么 是如何 都有哪些 要注意什么 注意什么 注意 需要注意
  出现 发生 遇到 碰到 出来 起来 下来 下去 上去 过来 过去 一起 一样 一直 总是 老是 经常 常用 常见 通常 一般 可能 好 好的 好用 好像 真的 其实 到底 究竟 具体 详细 简单 快速 正确 有效 方便
  个 种 次 件 条 项 点 些 位 张 块 东西 事 事情 问题 地方 原因 区别在哪 意思 意义 作用 用处 好处 坏处 优缺点 来 去 让人 使得 变得 变成 成 成为 作为 当作 之类 等 等等 比如 例如 譬如 比方
  能跑 跑 跑起来 跑得 能用 够用 那么 这么 多么 怎 咋 咋样 咋办 咋弄 咋整 吗呢 了吗 的吗 呗 哪有 有木有 跟 跟着 关于什么 什么样 什么样的 什么时候 什么地方 什么意思 啥意思 啥时候 里的 上的 中的 间的 它们 里边 它的 我的 你的
`),
);

/** Words that only hold a sentence together. */
const ENGLISH_FUNCTION_WORDS = new Set(
  words(`
  a an the this that these those it its it's i i'm i've me my mine we us our you your he she they them their one ones own
  is are am be been being was were do does did doing done don't doesn't didn't can can't could couldn't may might must shall should shouldn't will won't would wouldn't have has had having haven't need needs needed want wants wanted
  of in on at by for to from with without within into onto over under about above below between through during before after against via per as than then so too very just only also even still yet
  and or but nor if else when while where who whom whose which what why how whether because since until although though
  there here any some all each every no not none both either neither such same other another more most less least many much few several
  what's how's where's who's that's there's let's i'd you're we're hello hi hey thanks thank please
  someone somebody anyone anybody everyone everybody
`),
);

const ENGLISH = new Set([
  ...ENGLISH_FUNCTION_WORDS,
  ...words(`
  get gets getting got make makes making made let lets use uses used using way ways thing things something anything everything stuff lot bit kind sort
  tell show find search looking look give help know learn explain explains explained explaining describe describes understand article articles post posts blog tutorial guide read reading
  best good better great nice easy easily simple simply quick quickly properly correctly right possible able work works working
  up out off down again once back around
`),
]);

/** The English words that stay fillers in short queries, where `use`, `make` or `go` may be the thing itself. */
const PLAIN_ENGLISH = new Set(
  words(
    'a an the of in on at by for to from with and or is are be do does how what why which when i my me you your it',
  ),
);

/** What kind of article is wanted: beside a matter it only moves posts up, since any post on the matter will do. */
const KINDS_OF_ARTICLES = new Set(
  words(`
  入门 教程 论文 基础 指南 详解 简介 概述 综述 概览 总结 小结 笔记 心得 实战 实践 实操 案例 示例 例子 讲义 课程 解读 解析 剖析 浅析 浅谈 漫谈 杂谈 科普 进阶 初学 初学者 新手 小白 零基础 从零开始 上手 快速入门 快速上手 学习笔记 速成 大全 汇总 合集 技巧 小技巧 窍门 经验 攻略 资料 知识点 概念 初探 手册 速查 学习 理解 掌握 认识 弄懂 搞懂 看懂 读懂 开始
  paper papers tutorial tutorials guide guides handbook intro introduction introductory beginner beginners basics fundamentals primer overview walkthrough example examples howto cheatsheet course courses lesson lessons explained quickstart tip tips trick tricks notes overview resources cheatsheets learn
`),
);

export interface Fillers {
  isChinese(piece: string): boolean;
  /** In short queries and beside Chinese only plain function words are fillers. */
  isEnglish(word: string, short: boolean): boolean;
  /** In English: such as `the` and `who`, also `someone`. */
  isFunctionWord(word: string): boolean;
  /** Such as `入门` and `tutorial`. */
  isKindOfArticle(word: string): boolean;
}

export const fillers: Fillers = {
  isChinese: (piece) => CHINESE.has(piece),
  isEnglish: (word, short) => (short ? PLAIN_ENGLISH : ENGLISH).has(word),
  isFunctionWord: (word) => ENGLISH_FUNCTION_WORDS.has(word),
  isKindOfArticle: (word) => KINDS_OF_ARTICLES.has(word) || isTwoKinds(word),
};

/** Such as `入门教程`. */
function isTwoKinds(word: string): boolean {
  for (let at = 2; at <= word.length - 2; at++) {
    if (KINDS_OF_ARTICLES.has(word.slice(0, at)) && KINDS_OF_ARTICLES.has(word.slice(at))) return true;
  }
  return false;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
