import type { Tags } from 'yaml';

/** The tags of a YAML schema without those of numbers: the title `007` and the version `1.10` stay what they are. */
export function withoutNumbers(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === 'string' || !/:(?:int|float)$/.test(tag.tag));
}
