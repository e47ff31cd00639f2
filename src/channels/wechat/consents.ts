import type { KeyValueStore } from '../../kernel/key-value-store.ts';

/** How many notifications a reader has agreed to, by template: each "yes" allows one. */
export interface Consents {
  has(reader: string, template: string): Promise<boolean>;
  give(reader: string, template: string): Promise<void>;
  /** One was used. */
  use(reader: string, template: string): Promise<void>;
  /** The reader refuses, or WeChat says that there is none. */
  revoke(reader: string, template: string): Promise<void>;
}

export function createConsents(values: KeyValueStore): Consents {
  const keyOf = (reader: string, template: string) => `wechat.consent:${reader}:${template}`;
  const count = async (reader: string, template: string) => Number((await values.get(keyOf(reader, template))) ?? 0);
  const set = async (reader: string, template: string, consents: number) => {
    if (consents > 0) await values.put(keyOf(reader, template), String(consents));
    else await values.remove(keyOf(reader, template));
  };
  return {
    has: async (reader, template) => (await count(reader, template)) > 0,
    give: async (reader, template) => set(reader, template, (await count(reader, template)) + 1),
    use: async (reader, template) => set(reader, template, (await count(reader, template)) - 1),
    revoke: (reader, template) => set(reader, template, 0),
  };
}
