import type { DeliveryOutcome } from '../../announce/deliverer.ts';
import type { ApiFailure } from '../tencent/api-result.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** What a refusal by WeCom means for a message. */
type Reaction =
  | { readonly kind: 'gone' | 'rejected' }
  | { readonly kind: 'wait'; readonly ms: number; readonly scope: 'chat' | 'channel' }
  /** Something an operator must mend before any message can go. */
  | { readonly kind: 'fault'; readonly ms: number; readonly mend: string };

const secretMend = 'compare WECOM_CORP_ID, WECOM_AGENT_ID and WECOM_SECRET with the console (应用管理)';

/** Reactions by WeCom's error codes (全局错误码); the texts beside them may change, the codes do not. */
const reactions: Readonly<Record<number, Reaction>> = {
  [-1]: { kind: 'wait', ms: 5 * second, scope: 'channel' },
  45009: { kind: 'wait', ms: minute, scope: 'channel' },
  45033: { kind: 'wait', ms: 10 * second, scope: 'channel' },

  60011: { kind: 'gone' },
  60111: { kind: 'gone' },
  81013: { kind: 'gone' },
  82001: { kind: 'gone' },
  93000: { kind: 'gone' },

  40058: { kind: 'rejected' },
  44004: { kind: 'rejected' },
  45002: { kind: 'rejected' },
  45008: { kind: 'rejected' },

  40001: { kind: 'fault', ms: 10 * minute, mend: secretMend },
  40013: { kind: 'fault', ms: hour, mend: secretMend },
  40014: { kind: 'fault', ms: 10 * minute, mend: secretMend },
  40056: { kind: 'fault', ms: hour, mend: secretMend },
  40091: { kind: 'fault', ms: hour, mend: secretMend },
  42001: { kind: 'fault', ms: 10 * minute, mend: secretMend },
  48002: { kind: 'fault', ms: hour, mend: 'the app may not send messages; grant it the right in the console' },
  60020: { kind: 'fault', ms: hour, mend: "add this server's address to the app's trusted IPs (企业可信IP)" },
};

/** An outcome, and what an operator must mend where that is the reason. */
export interface FailedAttempt {
  readonly outcome: DeliveryOutcome;
  readonly mend?: string;
}

/** What a failed call means for the message; codes that are not known are taken for refusals of this very message. */
export function outcomeOfFailure(failure: ApiFailure, now: Date): FailedAttempt {
  const { reason } = failure;
  const retry = (ms: number, scope: 'chat' | 'channel'): DeliveryOutcome => ({
    kind: 'retry',
    notBefore: new Date(now.getTime() + ms),
    reason,
    scope,
  });
  if (failure.kind === 'unreachable') return { outcome: retry(5 * second, 'channel') };
  if (failure.kind === 'lost') return { outcome: { kind: 'unknown', reason } };
  const reaction = reactions[failure.code] ?? { kind: 'rejected' };
  switch (reaction.kind) {
    case 'gone':
    case 'rejected':
      return { outcome: { kind: reaction.kind, reason } };
    case 'wait':
      return { outcome: retry(reaction.ms, reaction.scope) };
    case 'fault':
      return { outcome: retry(reaction.ms, 'channel'), mend: reaction.mend };
  }
}
