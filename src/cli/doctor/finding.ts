import { messageOf } from '../../kernel/errors.ts';

/** What one check found. */
export interface Finding {
  /** What was looked at, such as `catalog`. */
  readonly check: string;
  readonly ok: boolean;
  /** One line: how it stands, or the fault. */
  readonly message: string;
  /** What to do about it; always there where something is wrong. */
  readonly remedy?: string;
}

export function fine(check: string, message: string): Finding {
  return { check, ok: true, message };
}

/** What an error tells, whose message ends with a remedy behind a semicolon; `remedy` for one that knows none. */
export function wrongBy(check: string, error: unknown, remedy: string): Finding {
  const said = messageOf(error);
  const [, message = said, known = remedy] = /^(.+); (.+)$/s.exec(said) ?? [];
  return wrong(check, message, known);
}

export function wrong(check: string, message: string, remedy: string): Finding {
  return { check, ok: false, message, remedy };
}
