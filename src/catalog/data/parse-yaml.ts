import type { Tags } from 'yaml';
import { yaml } from '../../kernel/packages-on-demand.ts';

export interface YamlOptions {
  /** How many nodes an alias may stand for: what would unpack to more is refused. */
  readonly maxAliasCount: number;
}

/**
 * The value of a YAML document by its core schema, in which dates and numbers stay what was written.
 * Throws where it is no YAML, or names a key twice.
 */
export function parseYaml(text: string, { maxAliasCount }: YamlOptions): unknown {
  const { isScalar, parseDocument, visit } = yaml();
  // The library compares each key with all others of its map: half a minute for the keys of a megabyte.
  const document = parseDocument(text, {
    schema: 'core',
    customTags: withoutNumbers,
    logLevel: 'error',
    uniqueKeys: false,
  });
  const [error] = document.errors;
  if (error) throw error;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) throw new Error(`the key ${JSON.stringify(key.value)} stands twice in one map`);
        keys.add(key.value);
      }
    },
  });
  return document.toJS({ maxAliasCount });
}

/** The tags of a schema without those of numbers: the title `007` and the version `1.10` stay what they are. */
function withoutNumbers(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === 'string' || !/:(?:int|float)$/.test(tag.tag));
}
