/** Values that were made lately, by key; the one that was longest unused makes room. */
export interface Recent<Value> {
  get(key: string, make: () => Value): Value;
}

export function createRecent<Value>(most: number): Recent<Value> {
  const values = new Map<string, Value>();
  return {
    get: (key, make) => {
      const known = values.get(key);
      const value = known ?? make();
      // Put last, since a Map brings its keys in the order they were set.
      values.delete(key);
      values.set(key, value);
      const [oldest] = values.keys();
      if (values.size > most && oldest !== undefined) values.delete(oldest);
      return value;
    },
  };
}
