import { isRecord } from '../kernel/is-record.ts';
import type { SectionFilter } from './markdown/sections.ts';

/** What an author may say about a source: in a folder's `postbell.yaml`, or under `postbell:` in front matter. */
export interface SourceSettings {
  /** Headings whose sections are read, or left out, whatever the reader thinks of them. */
  readonly sections: SectionFilter;
  /** Where articles and records without an address are: see `fillPattern`. */
  readonly urlPattern?: string;
  /** The address that relative links are resolved against. */
  readonly base?: string;
  /** Only posts whose url contains one of these are taken, if there are any. */
  readonly urls: readonly string[];
}

export const noSettings: SourceSettings = { sections: { include: [], exclude: [] }, urls: [] };

/** Reads settings: `include`, `exclude` (headings), `url` (a pattern), `base`, `urls` (parts of urls). Unknown names are passed over. */
export function readSettings(value: unknown, outer: SourceSettings = noSettings): SourceSettings {
  if (!isRecord(value)) return outer;
  const { include, exclude, url, base, urls } = value;
  return {
    sections: {
      include: [...outer.sections.include, ...texts(include)],
      exclude: [...outer.sections.exclude, ...texts(exclude)],
    },
    urls: [...outer.urls, ...texts(urls)],
    ...(typeof url === 'string'
      ? { urlPattern: url }
      : outer.urlPattern === undefined
        ? {}
        : { urlPattern: outer.urlPattern }),
    ...(typeof base === 'string' && URL.canParse(base)
      ? { base }
      : outer.base === undefined
        ? {}
        : { base: outer.base }),
  };
}

function texts(value: unknown): string[] {
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.filter((one): one is string => typeof one === 'string');
}
