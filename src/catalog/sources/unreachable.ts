import type { Reading } from '../../posts/post.ts';
import type { Unreachable } from './source.ts';

/** Says that a source could not be read, and why. */
export function unreachable(source: string, code: string, message: string, lastGood?: Reading): Unreachable {
  return {
    source,
    problem: { source, code, severity: 'error', message },
    ...(lastGood === undefined ? {} : { lastGood }),
  };
}
