/**
 * A fault that a person can mend: shown as one line that names the thing, the fault and the remedy,
 * without a stack. Anything else that is thrown is a defect of ours.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** 1: a problem in the input, or something that may be well later; 2: wrong usage or configuration. */
  readonly exitCode: 1 | 2;

  constructor(message: string, options: ErrorOptions & { exitCode?: 1 | 2 } = {}) {
    super(message, options);
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Wrong or missing configuration, or wrong words on the command line: the process ends with 2. */
export class ConfigError extends UserError {
  constructor(message: string, options: ErrorOptions = {}) {
    super(message, { ...options, exitCode: 2 });
  }
}

/** The code of an error of Node or of a driver, such as `ECONNREFUSED`; empty where there is none. */
export function codeOf(thrown: unknown): string {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** The message of whatever was thrown; never throws itself. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
