/**
 * Names in the log what a line belongs to: `{ request }` of our server, `{ update }` of Telegram, `{ message }` of
 * WeChat and WeCom, `{ delivery }`. Passed along with the work: Node's AsyncLocalStorage, which would do without,
 * costs a quarter more CPU a request (22 µs became 28 in a bare Fastify on Node 20, whether it was used or not).
 */
export type Trace = Readonly<Record<string, string | number>>;

/** The slice of pino that the parts use; facts first, then a constant sentence to search for. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
  /** A log that adds `facts` to each line. */
  child(facts: object): Log;
}

export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLog,
};
