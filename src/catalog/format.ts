/** How a document is written. */
export type Format = 'markdown' | 'feed' | 'json' | 'yaml' | 'csv' | 'opml' | 'page';

const byEnding: Readonly<Record<string, Format>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdx: 'markdown',
  mkd: 'markdown',
  txt: 'markdown',
  html: 'markdown',
  htm: 'markdown',
  xml: 'feed',
  rss: 'feed',
  atom: 'feed',
  rdf: 'feed',
  json: 'json',
  jsonl: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  csv: 'csv',
  tsv: 'csv',
  opml: 'opml',
};

const byType: readonly (readonly [RegExp, Format])[] = [
  [/markdown/, 'markdown'],
  [/opml/, 'opml'],
  [/json/, 'json'],
  [/yaml/, 'yaml'],
  [/csv|tab-separated/, 'csv'],
  [/xml|rss|atom/, 'feed'],
];

/** Endings of files that a folder is searched for. */
export const fileEndings: readonly string[] = Object.keys(byEnding).filter(
  (ending) => ending !== 'html' && ending !== 'htm',
);

/**
 * Tells how a document is written: by its name, by its content type, else by how it begins.
 *
 * @param name the file's name or the url's path
 */
export function formatOf(name: string, text: string, contentType?: string): Format {
  const start = text.slice(0, 2000).trimStart();
  if (/^<\?xml|^<(?:rss|feed|rdf:RDF|[a-z0-9]+:feed)\b/i.test(start)) return /<opml\b/i.test(start) ? 'opml' : 'feed';
  if (/^<opml\b/i.test(start)) return 'opml';
  const named = byEnding[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''];
  if (named !== undefined && named !== 'feed') return named;
  const typed = byType.find(([pattern]) => contentType !== undefined && pattern.test(contentType))?.[1];
  if (named === 'feed' || typed === 'feed') return /^[[{]/.test(start) ? 'json' : 'feed';
  if (typed !== undefined) return typed;
  if (/^<!doctype html|^<html\b/i.test(start)) return 'page';
  return /^\{|^\[\s*[{\]]/.test(start) ? 'json' : 'markdown';
}
