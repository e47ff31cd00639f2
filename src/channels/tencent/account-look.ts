import type { ApiResult } from './api-result.ts';
import type { ApiAnswer } from './platform-api.ts';

/** What came of trying an account's credentials; reasons hold no secret. */
export type AccountLook =
  | { readonly kind: 'taken' }
  /** Id and secret do not belong together. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The calling address is not on the account's list. */
  | { readonly kind: 'strange-address'; readonly reason: string }
  /** The secret is that of another app. */
  | { readonly kind: 'strange-app'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

const strangeAddress = new Set([40164, 60020]);
const strangeApp = new Set([40056, 301002]);

/** Reads what any call came to. One that was refused for itself had been let in before: the credentials are good. */
export function accountLook(answer: ApiResult<ApiAnswer>): AccountLook {
  if (answer.ok) return { kind: 'taken' };
  const { reason } = answer;
  if (answer.kind !== 'refused') return { kind: 'unreachable', reason };
  if (strangeAddress.has(answer.code)) return { kind: 'strange-address', reason };
  if (strangeApp.has(answer.code)) return { kind: 'strange-app', reason };
  return answer.of === 'token' ? { kind: 'refused', reason } : { kind: 'taken' };
}
