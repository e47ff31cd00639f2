import { messageOf } from '../../kernel/errors.ts';
import { isRecord } from '../../kernel/is-record.ts';
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

/** Says that a source at a path could not be read. */
export function unreadablePath(source: string, path: string, error: unknown): Unreachable {
  return unreachable(source, 'unreadable', cannotBeRead(path, error));
}

/** Says what kept a path from being read, and what to do. */
export function cannotBeRead(path: string, error: unknown): string {
  return `it cannot be read: ${faultOf(path, error)}`;
}

function faultOf(path: string, error: unknown): string {
  switch (isRecord(error) ? error.code : undefined) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `there is no file or folder ${path}; write into CATALOG where your posts are`;
    case 'EACCES':
    case 'EPERM':
      return `this user may not read ${path}; give it the right to`;
    default:
      return `${messageOf(error)}; check ${path}`;
  }
}
