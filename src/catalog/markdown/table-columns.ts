import { findDates } from '../dates.ts';
import { leadsNowhere } from '../resolve-link.ts';
import { linkBareUrls } from './bare-urls.ts';
import type { LinkSpan, Row, Span } from './blocks.ts';
import { labelKind } from './labels.ts';
import { spansText } from './text.ts';

/** What a column holds. `other` counts, badges, authors and the like: nothing of a post. */
export type ColumnRole = 'title' | 'link' | 'date' | 'summary' | 'tags' | 'other';

const headerRoles: readonly (readonly [ColumnRole, RegExp])[] = [
  [
    'date',
    /^(?:date|time|published|publish date|pubdate|updated?|last updated?|created|day|日期|时间|发布时间|发布日期|更新时间|修改时间|更新日期|创建时间|发表时间)$/,
  ],
  [
    'title',
    /^(?:title|titles|name|article|articles|post|posts|paper|papers|topic|subject|blog|book|repo|repository|tool|resource|标题|题目|名称|名字|文章|文章标题|文章名|文章名称|篇名|主题|库名|书名|博客|论文|论文标题|项目|项目名|项目名称|资源|内容|名)$/,
  ],
  [
    'link',
    /^(?:link|links|url|urls|address|website|site|homepage|read|detail|details|pdf|source|href|web|详情|链接|地址|网址|原文|原文链接|文章链接|阅读|官网|主页|网站|源|传送门|查看)$/,
  ],
  [
    'summary',
    /^(?:summary|about|description|desc|abstract|intro|introduction|note|notes|comment|comments|remark|remarks|what|简介|简述|摘要|描述|说明|介绍|备注|概要|简要|内容简介|一句话介绍|推荐理由)$/,
  ],
  ['tags', /^(?:tags?|labels?|keywords?|topics|category|categories|type|标签|分类|类别|类型|关键词|关键字)$/],
  [
    'other',
    /^(?:#|no\.?|number|id|index|author|authors|by|speaker|stars?|star|forks?|lang|language|version|status|license|project|venue|conference|year|code|slides?|video|序号|编号|作者|译者|讲者|语言|版本|状态|难度|年份|期数|阅读量|点赞)$/,
  ],
];

interface CellFacts {
  readonly text: string;
  readonly links: readonly LinkSpan[];
}

interface ColumnFacts {
  readonly header: ColumnRole | undefined;
  /** The part of the cells, from 0 to 1, that are not empty, and whether the header is. */
  readonly filled: number;
  readonly headless: boolean;
  /** Parts of the cells, from 0 to 1, that hold a link with a name, a label or bare url, words, a date. */
  readonly named: number;
  readonly labelled: number;
  readonly words: number;
  readonly dated: number;
}

/** The cell's spans with bare urls linked and links that lead nowhere as text. */
export function cellSpans(cell: readonly Span[], base: string | undefined): readonly Span[] {
  const spans = linkBareUrls(cell);
  if (!spans.some((span) => span.kind === 'link' && leadsNowhere(span.href, base))) return spans;
  return spans.map((span) =>
    span.kind === 'link' && leadsNowhere(span.href, base)
      ? { kind: 'text', text: span.text, strong: span.strong, code: false }
      : span,
  );
}

/**
 * Finds what each column of a table holds, from the words of its header and from a sample of its cells.
 *
 * @returns the roles of the columns, or `grid` where every cell is a post of its own
 */
export function readColumns(
  head: readonly (readonly Span[])[],
  rows: readonly Row[],
  base: string | undefined,
): readonly ColumnRole[] | 'grid' {
  const sample = rows.slice(0, 60);
  const width = Math.max(head.length, ...sample.map(({ cells }) => cells.length));
  const columns = Array.from({ length: Math.min(width, 40) }, (_, at) =>
    columnFacts(
      head[at],
      sample.map(({ cells }) => cells[at]),
      base,
    ),
  );
  const used = columns.filter(({ named, labelled, words }) => named + labelled + words > 0);
  // In a grid the last row may be short.
  const named = columns.filter(({ named: share, filled }) => filled > 0.3 && share > 0.5 * filled);
  if (named.length > 1 && named.length === used.length && !columns.some(({ header }) => header !== undefined))
    return 'grid';
  const roles: ColumnRole[] = columns.map(
    ({ header, dated, named: share }) => header ?? (dated > 0.5 && share < 0.5 ? 'date' : 'other'),
  );
  const title = titleColumn(columns, roles);
  if (title !== undefined) roles[title] = 'title';
  for (const [at, role] of roles.entries()) if (role === 'title' && at !== title) roles[at] = 'other';
  // Below an empty header words can only be what is said of the post.
  const said = columns.findIndex(({ headless, words }, at) => headless && words > 0.5 && at !== title);
  if (said >= 0 && columns.every(({ headless }) => headless) && roles[said] === 'other') roles[said] = 'summary';
  return roles;
}

/** The column that names the posts: a named link over mere words, a header that says so over position. */
function titleColumn(columns: readonly ColumnFacts[], roles: readonly ColumnRole[]): number | undefined {
  const all = [...columns.entries()];
  const first = (test: (facts: ColumnFacts, role: ColumnRole | undefined) => boolean) =>
    all.find(([at, facts]) => test(facts, roles[at]))?.[0];
  const hasLinks = ({ named, labelled }: ColumnFacts) => named + labelled > 0.3;
  return (
    first(({ named }, role) => role === 'title' && named > 0.5) ??
    (all.some(([at, facts]) => roles[at] === 'link' && hasLinks(facts))
      ? first(({ words }, role) => role === 'title' && words > 0.5)
      : undefined) ??
    first(({ named }, role) => role === 'title' && named > 0) ??
    first(
      ({ named, header }, role) => named > 0.5 && (header === undefined || role === 'link' || role === 'summary'),
    ) ??
    first(({ words, named }, role) => role === 'title' && words + named > 0) ??
    first(({ words }, role) => role === 'summary' && words > 0.5) ??
    first(({ words, header }) => header === undefined && words > 0.5) ??
    first(({ named }) => named > 0)
  );
}

function columnFacts(
  head: readonly Span[] | undefined,
  cells: readonly (readonly Span[] | undefined)[],
  base: string | undefined,
): ColumnFacts {
  const facts = cells.map((cell) => cellFacts(cell ?? [], base));
  const share = (test: (facts: CellFacts) => boolean) => facts.filter(test).length / Math.max(1, facts.length);
  return {
    header: roleOf(spansText(head ?? [])),
    headless: spansText(head ?? []) === '',
    filled: share(({ text, links }) => text !== '' || links.length > 0),
    named: share(({ links }) => links.some(isNamed)),
    labelled: share(({ links }) => links.length > 0 && !links.some(isNamed)),
    words: share(
      ({ text, links }) => links.length === 0 && /\p{L}/u.test(text) && !/^(?:none|null|n\/a|无|暂无)$/i.test(text),
    ),
    dated: share(({ text }) => findDates(text).length > 0),
  };
}

function cellFacts(cell: readonly Span[], base: string | undefined): CellFacts {
  const spans = cellSpans(cell, base);
  return { text: spansText(spans), links: spans.filter((span): span is LinkSpan => span.kind === 'link') };
}

/** A link whose text is the name of something, neither a label nor the url itself. */
export function isNamed(link: LinkSpan): boolean {
  return labelKind(link.text) === 'none' && !/^(?:https?:\/\/|www\.)\S+$/i.test(link.text);
}

function roleOf(header: string): ColumnRole | undefined {
  const word = header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}#]+|[^\p{L}\p{N}#.]+$/gu, '')
    .replace(/\s+/g, ' ');
  return headerRoles.find(([, pattern]) => pattern.test(word))?.[0];
}
