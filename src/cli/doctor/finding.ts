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

export function wrong(check: string, message: string, remedy: string): Finding {
  return { check, ok: false, message, remedy };
}
