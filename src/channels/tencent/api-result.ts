/** What a call to a platform's API came to. Refusals are values; reasons never hold a token or a secret. */
export type ApiResult<T> = { readonly ok: true; readonly value: T } | ApiFailure;

export type ApiFailure =
  /** The platform answered with an error code: to the call, or already to the request for a token. */
  | {
      readonly ok: false;
      readonly kind: 'refused';
      readonly of: 'call' | 'token';
      readonly code: number;
      readonly reason: string;
    }
  /** It was not reached: the call has certainly had no effect. */
  | { readonly ok: false; readonly kind: 'unreachable'; readonly reason: string }
  /** The answer was lost: the call may have had its effect. */
  | { readonly ok: false; readonly kind: 'lost'; readonly reason: string };
