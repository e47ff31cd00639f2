import type { ApiFailure } from '../tencent/api-result.ts';

/** What a refusal by WeChat means for a message that was to be pushed. */
export type Reaction =
  /** It counts as sent: WeChat has had it already. */
  | { readonly kind: 'sent' }
  /** Nobody is there any more. */
  | { readonly kind: 'gone' }
  /** Certainly not taken; to be tried again after so many milliseconds, by everyone. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** It may have been taken. */
  | { readonly kind: 'unknown' }
  /** Not this way: this reader, this once. The next way is tried. */
  | { readonly kind: 'closed' }
  /**
   * Not this way for anybody, for so many milliseconds or until WeChat's quotas begin anew; the next way is
   * tried. `mend` is for the operator; `fault` says whether something is wrong, rather than only the way the
   * account is.
   */
  | { readonly kind: 'barred'; readonly ms: number | 'rest-of-day'; readonly mend: string; readonly fault: boolean }
  /** A defect of ours: the next way is tried, and the log says so. */
  | { readonly kind: 'defect' };

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const secretMend = 'compare WECHAT_APP_ID and WECHAT_APP_SECRET with the platform (设置与开发 › 基本配置)';
const addressMend = "add this server's address to the IP whitelist (设置与开发 › 基本配置 › IP白名单)";

/**
 * Reactions by WeChat's error codes (全局返回码). A message that was refused one way is tried the next, down to
 * being kept for the reader's next message, so that nothing is dropped; WeChat is asked again only where waiting helps.
 */
const reactions: Readonly<Record<number, Reaction>> = {
  [-1]: { kind: 'wait', ms: 5_000 },
  45011: { kind: 'wait', ms: minute },
  45066: { kind: 'wait', ms: minute },
  45065: { kind: 'sent' },

  40003: { kind: 'gone' },
  43004: { kind: 'gone' },

  43019: { kind: 'closed' },
  43101: { kind: 'closed' },
  45015: { kind: 'closed' },
  45047: { kind: 'closed' },
  48002: { kind: 'closed' },

  45009: { kind: 'barred', ms: 'rest-of-day', mend: "the day's quota is used up; pushes go on tomorrow", fault: false },
  45028: { kind: 'barred', ms: day, mend: "the period's quota is used up", fault: false },
  48001: {
    kind: 'barred',
    ms: day,
    mend: 'the account may not use this API; only verified accounts may',
    fault: false,
  },
  48004: {
    kind: 'barred',
    ms: day,
    mend: 'WeChat has forbidden this API to the account; see its messages at mp.weixin.qq.com',
    fault: true,
  },
  50002: {
    kind: 'barred',
    ms: day,
    mend: 'WeChat has limited the account; see its messages at mp.weixin.qq.com',
    fault: true,
  },
  40037: {
    kind: 'barred',
    ms: hour,
    mend: 'the template id is unknown; compare WECHAT_TEMPLATE_ID and WECHAT_NOTICE_TEMPLATE_ID',
    fault: true,
  },

  40164: { kind: 'barred', ms: hour, mend: addressMend, fault: true },
  89503: {
    kind: 'barred',
    ms: hour,
    mend: 'an administrator of the account must confirm this server in WeChat',
    fault: true,
  },
  89506: {
    kind: 'barred',
    ms: day,
    mend: 'an administrator refused this server twice; ask again after 24 hours',
    fault: true,
  },
  89507: {
    kind: 'barred',
    ms: hour,
    mend: 'an administrator refused this server; ask again after an hour',
    fault: true,
  },

  40001: { kind: 'barred', ms: 10 * minute, mend: secretMend, fault: true },
  40014: { kind: 'barred', ms: 10 * minute, mend: secretMend, fault: true },
  42001: { kind: 'barred', ms: 10 * minute, mend: secretMend, fault: true },
  40013: { kind: 'barred', ms: hour, mend: secretMend, fault: true },
  40125: { kind: 'barred', ms: hour, mend: secretMend, fault: true },
  40243: {
    kind: 'barred',
    ms: hour,
    mend: 'the app secret is frozen; unfreeze or reset it at the platform',
    fault: true,
  },
  41002: { kind: 'barred', ms: hour, mend: secretMend, fault: true },
  41004: { kind: 'barred', ms: hour, mend: secretMend, fault: true },
};

/** What a failed call means; codes that are not known are taken for defects of ours. */
export function reactionTo(failure: ApiFailure): Reaction {
  if (failure.kind === 'unreachable') return { kind: 'wait', ms: 5_000 };
  if (failure.kind === 'lost') return { kind: 'unknown' };
  return reactions[failure.code] ?? { kind: 'defect' };
}

/** What someone at the command line can do about a failed call. */
export function remedyFor(failure: ApiFailure): string {
  const reaction = reactionTo(failure);
  return reaction.kind === 'barred' ? reaction.mend : 'try again in a while';
}
