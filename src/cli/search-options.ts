import type { CatalogOptions } from './catalog-options.ts';

/** What the words behind `postbell search` say. */
export interface SearchOptions extends CatalogOptions {
  readonly json?: true;
  readonly stdin?: true;
  readonly explain?: true;
  readonly limit: number;
  readonly category?: string;
}
