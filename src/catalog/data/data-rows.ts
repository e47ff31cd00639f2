import { isRecord } from '../../kernel/is-record.ts';

/** A record of a data file as it was parsed, and where it stands. */
export interface DataRow {
  readonly value: unknown;
  /** How people find it, such as `row 12`. */
  readonly place: string;
  readonly line?: number;
  /** Where the file groups its records: the names of the groups. */
  readonly path: readonly string[];
}

/** The names under which a file that is no list, or a group, keeps its list. */
const listNames = [
  'posts',
  'items',
  'articles',
  'entries',
  'data',
  'list',
  'results',
  'records',
  'links',
  'catalog',
  'pages',
  'children',
  '文章',
  '列表',
];

/** What a group may call itself. */
const groupNames = ['category', 'name', 'title', 'group', 'section', 'label', 'text', '分类', '名称', '标题'];

/** Groups within groups beyond this depth hold no posts. */
const deepest = 8;

/**
 * Finds the records of a parsed data file: a list; an object that holds one under a usual name; groups of records,
 * by name or in a list of groups, within each other as well; or titles with their addresses.
 */
export function rowsOf(value: unknown, path: readonly string[] = [], place = 'record ', depth = 0): DataRow[] {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((one, at) => rowOrGroup(one, path, `${place}${at + 1}`, depth));
  if (!isRecord(value)) return [];
  for (const name of listNames) {
    const inner = value[name];
    if (Array.isArray(inner)) return rowsOf(inner, path, `${name} `, depth + 1);
    if (isRecord(inner)) return rowsOf(inner, path, `${name} `, depth + 1);
  }
  return groupsOf(value, path, depth);
}

function groupsOf(value: Readonly<Record<string, unknown>>, path: readonly string[], depth: number): DataRow[] {
  const entries = Object.entries(value);
  if (entries.length > 0 && entries.every(([, one]) => isAddress(one)))
    return entries.map(([title, url], at) => ({ value: { title, url }, place: `entry ${at + 1}`, path }));
  // Where plain values stand beside objects, as in the settings of a tool, the objects are no groups of posts.
  const isGrouped = entries.every(([, one]) => Array.isArray(one) || isRecord(one));
  return entries.flatMap(([name, one]) => {
    if (Array.isArray(one)) return one.some(isRecord) ? rowsOf(one, [...path, name], `${name} `, depth + 1) : [];
    if (!isGrouped || !isRecord(one)) return [];
    return isPost(one) ? [{ value: one, place: name, path }] : rowsOf(one, [...path, name], `${name} `, depth + 1);
  });
}

/** A member of a list is a record, unless it holds posts itself and has no address of its own. */
function rowOrGroup(value: unknown, path: readonly string[], place: string, depth: number): DataRow[] {
  const inner =
    isRecord(value) && !isPost(value) ? listNames.find((name) => holdsPosts(value[name], deepest - depth)) : undefined;
  if (inner === undefined || !isRecord(value)) return [{ value, place, path }];
  const name = groupNames.map((one) => value[one]).find((one) => typeof one === 'string' && one.trim() !== '');
  return rowsOf(
    value[inner],
    typeof name === 'string' ? [...path, name.trim()] : path,
    `${place} ${inner} `,
    depth + 1,
  );
}

function holdsPosts(value: unknown, depth: number): boolean {
  return (
    depth > 0 &&
    Array.isArray(value) &&
    value.some((one) => isRecord(one) && (isPost(one) || listNames.some((name) => holdsPosts(one[name], depth - 1))))
  );
}

const titles = ['title', 'name', '标题', '名称'];
const addresses = ['url', 'link', 'href', 'permalink', 'path', '链接', '地址', '网址'];

function isPost(value: Readonly<Record<string, unknown>>): boolean {
  return titles.some((name) => name in value) && addresses.some((name) => name in value);
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//i.test(value);
}
