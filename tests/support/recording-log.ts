import type { Log } from '../../src/kernel/log.ts';

/** A log that a test can read. */
export interface RecordingLog extends Log {
  /** Everything that was logged, a line each. */
  text(): string;
}

export function createRecordingLog(): RecordingLog {
  const lines: string[] = [];
  const logWith = (base: object): Log => {
    const write = (level: string) => (facts: object, message: string) =>
      void lines.push(JSON.stringify({ level, ...base, ...facts, msg: message }));
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      child: (facts) => logWith({ ...base, ...facts }),
    };
  };
  return { ...logWith({}), text: () => lines.join('\n') };
}
