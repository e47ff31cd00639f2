import { isRecord } from '../../kernel/is-record.ts';
import type { PostLink } from '../../posts/post.ts';
import { parseDate } from '../dates.ts';
import type { Entry, Finding } from '../entry.ts';
import { htmlText, titleText } from '../html-text.ts';
import { resolveLink } from '../resolve-link.ts';
import { fillPattern } from './url-pattern.ts';

/** One record of a data file or the front matter of an article. */
export type DataRecord = Readonly<Record<string, unknown>>;

/** The names that each field goes by, the best first; case, `_` and `-` do not matter. */
const fieldNames = {
  title: ['title', 'name', 'headline', '标题', '题目', '名称', '文章标题'],
  url: ['url', 'link', 'href', 'permalink', 'externalurl', 'uri', 'loc', 'path', '链接', '地址', '网址', '原文链接'],
  file: ['filename', 'file', 'slug'],
  summary: [
    'summary',
    'description',
    'excerpt',
    'abstract',
    'desc',
    'subtitle',
    'intro',
    '摘要',
    '简介',
    '描述',
    '简述',
  ],
  date: [
    'date',
    'published',
    'datepublished',
    'pubdate',
    'publishdate',
    'publishedat',
    'created',
    'createdat',
    'time',
    '日期',
    '时间',
    '发布时间',
    '发布日期',
  ],
  category: ['category', 'categories', 'section', 'group', '分类', '类别', '栏目'],
  tags: ['tags', 'tag', 'keywords', 'labels', 'topics', '标签', '关键词'],
  image: ['image', 'cover', 'coverimage', 'thumbnail', 'banner', 'featuredimage', 'heroimage', 'img', '封面'],
  links: ['links', 'resources', '相关链接'],
  guid: ['id', 'guid', 'uuid'],
} as const;

const knownNames = new Set<string>(Object.values(fieldNames).flat());

/** Whether a word names a field of a record. */
export function isFieldName(word: string): boolean {
  return knownNames.has(comparable(word));
}

function comparable(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

export interface RecordContext {
  readonly base: string | undefined;
  /** Makes a url of a record that has none: see `fillPattern`. */
  readonly urlPattern: string | undefined;
  /** How people find the record, such as `row 12`. */
  readonly place: string;
  readonly line?: number;
}

/** Makes an entry of a record, or says what is wrong with it. */
export function readRecord(
  record: DataRecord,
  { base, urlPattern, place, line }: RecordContext,
): { readonly entry?: Entry; readonly findings: readonly Finding[] } {
  const fields = new Map(Object.entries(record).map(([name, value]) => [comparable(name), value]));
  const pick = (field: keyof typeof fieldNames) =>
    fieldNames[field]
      .map((name) => fields.get(name))
      .find((value) => value !== undefined && value !== null && value !== '');
  const at = line === undefined ? {} : { line };
  const problem = (code: string, severity: Finding['severity'], message: string): Finding => ({
    ...at,
    code,
    severity,
    message: `${place}: ${message}`,
  });
  if (fields.get('draft') === true || fields.get('published') === false || fields.get('hidden') === true)
    return { findings: [] };

  const title = titleText(text(pick('title')));
  if (title === '') return { findings: [problem('empty-title', 'error', 'there is no title; fill in "title"')] };
  const written = text(pick('url'));
  const patterned = written === '' && urlPattern !== undefined ? fillPattern(urlPattern, record) : undefined;
  const address = written !== '' ? written : (patterned ?? text(pick('file')));
  const target = resolveLink(address, base);
  if (target.kind === 'nowhere')
    return { findings: [problem('no-link', 'error', `"${title}" has no http(s) address; fill in "url"`)] };
  if (target.kind === 'relative')
    return {
      findings: [
        problem(
          'relative-link',
          'error',
          `"${title}" links to ${address}, which is relative; set CATALOG_BASE_URL or write the whole address`,
        ),
      ],
    };

  const dateText = dateOf(pick('date'));
  const date = dateText === '' ? undefined : parseDate(dateText);
  const image = resolveLink(text(pick('image')), base);
  const guid = text(pick('guid'));
  return {
    entry: {
      title,
      url: target.url,
      ...(guid === '' ? {} : { guid }),
      category: pathOf(pick('category')),
      summary: htmlText(text(pick('summary'))),
      links: linksOf(pick('links'), base),
      ...(date === undefined ? {} : { date }),
      tags: tagsOf(pick('tags')),
      ...(image.kind === 'address' ? { image: image.url } : {}),
      ...at,
    },
    findings:
      dateText !== '' && date === undefined
        ? [problem('bad-date', 'warning', `"${dateText}" is no date; write it like 2025-01-31`)]
        : [],
  };
}

function text(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  if (isRecord(value))
    return text(value.url ?? value.src ?? value.value ?? value.name ?? value.title ?? value.zh ?? value.en);
  return '';
}

/** Numbers are seconds or milliseconds since 1970, as databases export them; a mere year is no day. */
function dateOf(value: unknown): string {
  if (typeof value === 'number' && value > 1e8) return new Date(value < 1e11 ? value * 1000 : value).toISOString();
  if (typeof value === 'string' && /^\d{10}(?:\d{3})?$/.test(value.trim())) return dateOf(Number(value));
  return value instanceof Date ? value.toISOString() : text(value);
}

/** A list is a path; a text may part its levels by ` / `, ` > ` or `|`. */
function pathOf(value: unknown): string[] {
  const levels = Array.isArray(value)
    ? value.flatMap((one) => (Array.isArray(one) ? one.map(text) : [text(one)]))
    : text(value).split(/\s[/>»]\s|\|/);
  return levels.map((level) => level.trim()).filter((level) => level !== '');
}

function tagsOf(value: unknown): string[] {
  const tags = Array.isArray(value) ? value.map(text) : text(value).split(/[;；,，、|]/);
  return [...new Set(tags.map((tag) => tag.trim().replace(/^#/, '')))].filter((tag) => tag !== '');
}

function linksOf(value: unknown, base: string | undefined): PostLink[] {
  const links = Array.isArray(value)
    ? value
    : isRecord(value)
      ? Object.entries(value).map(([title, url]) => ({ title, url }))
      : [];
  return links.flatMap((link) => {
    const written = isRecord(link) ? text(link.url ?? link.href ?? link.link) : text(link);
    const target = resolveLink(written, base);
    const title = isRecord(link) ? text(link.title ?? link.name ?? link.text ?? link.label) : '';
    return target.kind === 'address' ? [{ title: title === '' ? written : title, url: target.url }] : [];
  });
}
