import { destination, pino } from 'pino';
import type { Log } from './log.ts';

interface LogOptions {
  /** pino's levels, or `silent`. */
  readonly level: string;
  /** Strings that must never be printed, wherever in a line they turn up. */
  readonly secrets: readonly string[];
  /** 1: stdout, 2: stderr. */
  readonly fileDescriptor: 1 | 2;
}

/**
 * A pino log, one JSON document a line. Secrets are taken out of the finished line, so that no part
 * can print one, not even inside somebody else's error message.
 */
export function createLog({ level, secrets, fileDescriptor }: LogOptions): Log {
  const hide = hideSecrets(secrets);
  return pino(
    { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"`, hooks: { streamWrite: hide } },
    destination({ fd: fileDescriptor, sync: true }),
  );
}

/** Shorter ones are words: taking them out of every line would leave no line to read. */
const shortestSecret = 6;

/** A function that replaces every one of the secrets, as written and as url-encoded, by `[secret]`. */
export function hideSecrets(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .filter((form) => form.length >= shortestSecret);
  return (text) => forms.reduce((shown, form) => shown.replaceAll(form, '[secret]'), text);
}
