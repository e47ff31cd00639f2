import type { ApiCall } from './telegram-server.ts';

/** What shall go wrong with calls, how often, and which. */
export interface Fault {
  /** Only this method; any, if left out. */
  readonly method?: string;
  readonly chat?: number;
  readonly when?: (call: ApiCall) => boolean;
  /** How many calls; once, if left out. */
  readonly times?: number;
  readonly does: /** The connection breaks and nothing was done. */
    | { readonly kind: 'drop-before' }
    /** It was done, and the connection breaks instead of an answer. */
    | { readonly kind: 'drop-after' }
    /** It is done at once, and the answer comes late. */
    | { readonly kind: 'late-answer'; readonly ms: number }
    /** Refused in the manner of the Bot API; nothing was done. */
    | { readonly kind: 'refuse'; readonly code: number; readonly description: string; readonly retryAfter?: number }
    /** A proxy before the server answers with a page; nothing was done, unless it says so. */
    | { readonly kind: 'proxy-page'; readonly code: number; readonly done?: true };
}

export interface Faults {
  add(fault: Fault): void;
  /** The fault that meets this call, used up by one. */
  take(call: ApiCall): Fault['does'] | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let faults: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      faults.push({ fault, left: fault.times ?? 1 });
    },
    take: (call) => {
      const found = faults.find(
        ({ fault }) =>
          (fault.method === undefined || fault.method === call.method) &&
          (fault.chat === undefined || fault.chat === Number(call.parameters.chat_id)) &&
          (fault.when === undefined || fault.when(call)),
      );
      if (!found) return undefined;
      found.left -= 1;
      if (found.left <= 0) faults = faults.filter((other) => other !== found);
      return found.fault.does;
    },
    clear: () => {
      faults = [];
    },
  };
}
