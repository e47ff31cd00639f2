import type { CompiledQuery } from 'kysely';

/**
 * A statement about any number of rows, whose wording for each number is made once: a query builder takes several times
 * as long to word a small statement as the database to run it.
 *
 * @param word Words it for so many rows; which values it is worded with does not matter.
 * @returns The statement about `count` rows, with all its values in the order of the wording.
 */
export function wordedOnce<Row>(
  word: (count: number) => CompiledQuery<Row>,
): (count: number, values: readonly unknown[]) => CompiledQuery<Row> {
  const known = new Map<number, CompiledQuery<Row>>();
  return (count, values) => {
    const worded = known.get(count) ?? word(count);
    known.set(count, worded);
    if (values.length !== worded.parameters.length)
      throw new Error(`${values.length} values for the ${worded.parameters.length} of: ${worded.sql}`);
    return { ...worded, parameters: values };
  };
}
