import { oneLine } from './text.ts';

/** Words of links that say "the article is here" and are never a title themselves. */
const articleWords = words(
  'original article articles post posts blog link links url website site web homepage home read reading more full text view visit open here click',
  'continue details detail story source go feed rss 原文 阅读原文 查看原文 原文链接 原文地址 文章 文章链接 博文 博客 链接 地址 网址 官网 主页 网站 详情 查看详情',
  '查看 全文 阅读全文 阅读 点击阅读 点击查看 点我 更多 阅读更多 查看更多 查看全部 继续阅读 传送门 戳我 戳这里 直达 公众号 微信 微信文章 公众号文章 订阅',
);

/** Words of links that bring something beside the article. */
const resourceWords = words(
  'code codes source sourcecode github gitlab gitee repo repository slide slides ppt pptx keynote deck video videos youtube bilibili pdf paper arxiv',
  'demo data dataset datasets doc docs documentation notebook colab ipynb supplement supplementary supp appendix bib bibtex poster talk',
  'project page download mirror archive transcript audio podcast hn reddit discussion discuss comments comment issue tweet twitter thread',
  'review openreview acm ieee doi hf huggingface model models weights readme release epub mobi html markdown md abs abstract',
  'english chinese translation en zh cn 代码 源码 源代码 示例代码 仓库 项目 幻灯片 课件 演示文稿 视频 录像 b站 哔哩哔哩 论文 演示 示例 在线演示 数据 数据集 文档',
  '回放 录屏 讲稿 讲义 逐字稿 笔记 下载 下载地址 网盘 百度网盘 百度云 镜像 存档 音频 播客 文字稿 讨论 评论 附件 资料 配套 完整 译文 中文 英文 翻译 模型 权重',
);

/** What the last word of a Chinese compound such as `视频回放` or `示例代码` says: it is a label if the first is one. */
const compound = new RegExp(
  `^(?:${['示例', '演示', '完整', '项目', '论文', '视频', '直播', '课件', '源码', '代码', '幻灯片', 'ppt', '录像', '资料', '在线', '配套', '文章', '博客', '原文', '官方', '文档', '数据', '音频', '讲稿'].join('|')})` +
    `(?:${['回放', '下载', '链接', '地址', '录像', '幻灯片', '课件', '视频', '代码', '源码', '仓库', '原文', '全文', '演示', '阅读', '观看', '讲稿', '主页'].join('|')})$`,
);

/** Words that only join the others: `[Read the article]`, `[PDF 下载]`, `[Link to paper]`. */
const fillerWords = words('the a an to and or of on at in for this on → v1 v2 part 的 和 与 版 版本 页 地址');

/** Links that lead through the list rather than out of it. */
const navigation = new Set(
  words(
    'top contents toc index next previous prev home menu english 中文 简体中文 繁體中文 繁体中文 日本語 한국어 español français deutsch português русский italiano',
    '返回目录 返回顶部 回到顶部 回到目录 首页 上一页 下一页 上一篇 下一篇 上一章 下一章 顶部',
  ).concat([
    'back to top',
    'go to top',
    'back to contents',
    'table of contents',
    'back to the top',
    'chinese',
    'simplified chinese',
  ]),
);

function words(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' '));
}

const articleSet = new Set(articleWords);
const resourceSet = new Set(resourceWords);
const fillerSet = new Set(fillerWords);

/** `article`: the link is the post's own, `resource`: one beside it, `none`: the text says something. */
export type LabelKind = 'article' | 'resource' | 'none';

/** Tells whether the text of a link is a mere label, such as `原文`, `[pdf]` or `:page_facing_up: blog post`. */
export function labelKind(text: string): LabelKind {
  if (text.length > longestLabel || !mayBeLabel(text)) return 'none';
  const bare = bareText(text);
  if (/^(?:arxiv[: ]?)?\d{4}\.\d{4,5}(?:v\d+)?$/.test(bare)) return 'resource';
  if (articleSet.has(bare)) return 'article';
  if (resourceSet.has(bare)) return 'resource';
  if (compound.test(bare)) return /^(?:文章|博客|原文)|(?:原文|全文|阅读)$/.test(bare) ? 'article' : 'resource';
  const parts = bare.match(/\p{Script=Han}+|[\p{L}\p{N}+#]+/gu) ?? [];
  if (!parts.every((part) => isLabelWord(part) || /^\d{1,2}$/.test(part))) return 'none';
  if (parts.some((part) => resourceSet.has(part) && !articleSet.has(part))) return 'resource';
  return parts.some((part) => articleSet.has(part)) ? 'article' : 'none';
}

const longestLabel = 40;

/** Titles are many and labels few: the first word settles most of them. Short texts are looked at as a whole. */
function mayBeLabel(text: string): boolean {
  if (text.length <= 12) return true;
  const first = /\p{Script=Han}+|[\p{L}\p{N}+#]+/u.exec(text)?.[0];
  return first !== undefined && (isLabelWord(first.toLowerCase()) || /^\d{1,4}$/.test(first));
}

function isLabelWord(word: string): boolean {
  return articleSet.has(word) || resourceSet.has(word) || fillerSet.has(word) || compound.test(word);
}

/** Where a paper stands beside its site, the paper is the post. */
const sites = /^(?:web|website|site|homepage|home|blog|feed|rss|官网|主页|网站|博客|订阅)$/;

/** Lower is nearer to the post itself: of several labelled links the nearest one is its url. */
export function labelRank(text: string): number {
  if (labelKind(text) === 'article') return sites.test(bareText(text)) ? 1.5 : 0;
  const order = [
    'arxiv',
    'paper',
    '论文',
    'pdf',
    'abs',
    'html',
    'doi',
    'project',
    '项目',
    'page',
    'doc',
    '文档',
    'slide',
    '幻灯',
    'video',
    '视频',
  ];
  const bare = bareText(text);
  const at = order.findIndex((word) => bare.includes(word));
  if (at >= 0) return at < 7 ? 1 : 2 + at;
  return /^(?:\d{4}\.\d+)/.test(bare) ? 1 : 40;
}

const pointers =
  /^(?:more|read more|read on|(?:view|see) (?:all|more)|link|here|click here|full text|查看.{0,3}|(?:点击)?阅读(?:全文|原文|更多)?|更多|详情|链接|地址|原文(?:链接|地址)?|传送门|戳(?:我|这里)|直达|点我)$/;

/** Whether the text only points somewhere: it can name no post, not even an odd one. */
export function isPointer(text: string): boolean {
  return text.length <= 16 && pointers.test(bareText(text));
}

export function isNavigation(text: string): boolean {
  return text.length <= 24 && navigation.has(bareText(text));
}

/** Lower case, without brackets, emoji, arrows and the like at the ends. */
function bareText(text: string): string {
  const even = /[\uff00-\uffef\u3000]/.test(text) ? text.normalize('NFKC') : text;
  const lower = oneLine(even.toLowerCase());
  return isWordy(lower.charCodeAt(0)) && isWordy(lower.charCodeAt(lower.length - 1))
    ? lower
    : lower.replace(/^[^\p{L}\p{N}]+/u, '').replace(/[^\p{L}\p{N}]+$/u, '');
}

/** Plain Latin letters, digits and the common Chinese characters: what nearly all titles begin and end with. */
function isWordy(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 0x4e00 && code <= 0x9fff);
}
