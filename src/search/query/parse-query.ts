/** What a query asks for, taken apart: words, and what must or must not hold. */
export interface ParsedQuery {
  /** The words that are looked for, phrases among them. */
  readonly text: string;
  /** Each must stand in a post as it is. */
  readonly phrases: readonly string[];
  /** None may stand in a post. */
  readonly without: readonly string[];
  readonly categories: readonly string[];
  readonly year: number | undefined;
  /** A year that is said in words, as `2024年`: a filter where the catalog knows years, else words like all others. */
  readonly yearInWords: YearInWords | undefined;
}

export interface YearInWords {
  readonly year: number;
  /** What is looked for when the year is a filter. */
  readonly textWithout: string;
}

/** Longer queries are cut here, so that the work of any query has a bound. */
const QUERY_LIMIT = 240;
const MOST_FILTERS = 8;

const FILTER = /(?<=^|\s)(category|分类|分類|year|年份)[:：](?:"([^"]*)"|(\S+))/giu;
const PHRASE = /"([^"]+)"|“([^”]+)”|「([^」]+)」/gu;
/** Not in 2024年终总结. */
const YEAR_IN_WORDS = /(?<!\d)((?:19|20)\d{2})\s?年(?:的|份的?|里|间)?(?![终初度底末会货轻代级薪鉴前后])/u;
const WITHOUT = /(?<=^|\s)[-－](?:"([^"]+)"|([^\s\-－][^\s]*))/gu;

/** Reads the small language of queries. Whatever does not fit it is a word; nothing is an error. */
export function parseQuery(query: string): ParsedQuery {
  const categories: string[] = [];
  const phrases: string[] = [];
  const without: string[] = [];
  let year: number | undefined;

  let text = cut(query.trim()).replace(FILTER, (whole, name: string, quoted?: string, bare?: string) => {
    const value = quoted ?? bare ?? '';
    if (!/year|年份/i.test(name)) return push(categories, value);
    if (!/^\d{4}$/.test(value)) return whole;
    year = Number(value);
    return ' ';
  });
  const positive = text.replace(WITHOUT, ' ').trim();
  // A query of nothing but what is not wanted is taken as words, unless a filter says what is wanted.
  if (positive !== '' || categories.length > 0 || year !== undefined) {
    text = text.replace(WITHOUT, (_, quoted?: string, bare?: string) => push(without, quoted ?? bare ?? ''));
  }
  text = text.replace(PHRASE, (_, straight?: string, curly?: string, corner?: string) => {
    const phrase = straight ?? curly ?? corner ?? '';
    push(phrases, phrase);
    return ` ${phrase} `;
  });
  return { text, phrases, without, categories, year, yearInWords: yearInWordsOf(text) };
}

/** The query as a catalog with posts of these years understands it: `2024年` is a filter there. */
export function withYears(parsed: ParsedQuery, years: ReadonlySet<string>): ParsedQuery {
  const { yearInWords } = parsed;
  if (!yearInWords) return parsed;
  if (!years.has(String(yearInWords.year))) return { ...parsed, yearInWords: undefined };
  return { ...parsed, text: yearInWords.textWithout };
}

function yearInWordsOf(text: string): YearInWords | undefined {
  const found = YEAR_IN_WORDS.exec(text);
  if (!found) return undefined;
  return { year: Number(found[1]), textWithout: text.replace(YEAR_IN_WORDS, ' ') };
}

function push(list: string[], value: string): string {
  const wanted = value.trim();
  if (wanted !== '' && list.length < MOST_FILTERS) list.push(wanted);
  return ' ';
}

/** Never in the middle of a surrogate pair. */
function cut(text: string): string {
  return text.slice(0, QUERY_LIMIT).replace(/[\uD800-\uDBFF]$/, '');
}
