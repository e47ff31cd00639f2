import type { GrammyError } from 'grammy';
import { grammy } from './telegram-api.ts';

/** Why a call to the Bot API brought no result, told apart by what may be done about it. */
export type Failure =
  /** 429. Nothing was done. */
  | { readonly kind: 'too-fast'; readonly seconds: number; readonly reason: string }
  /** The server was out of order and did nothing, or the request never reached it. */
  | { readonly kind: 'not-taken'; readonly reason: string }
  /** The request went out and no answer came back: it may or may not have been done. */
  | { readonly kind: 'unanswered'; readonly cause: 'broken' | 'late'; readonly reason: string }
  | { readonly kind: 'unauthorized'; readonly reason: string }
  /** Somebody else takes the updates. */
  | { readonly kind: 'conflict'; readonly reason: string }
  | { readonly kind: 'moved'; readonly to: string; readonly reason: string }
  /** Nobody is there, or we may not write there. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** An edit that changes nothing. */
  | { readonly kind: 'unchanged'; readonly reason: string }
  /** The message to edit is no longer there, or cannot be edited. */
  | { readonly kind: 'uneditable'; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string };

/** Errors of a connection that never came about: the request cannot have been read by anybody. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

// Descriptions as the server words them (tdlib/telegram-bot-api and the MTProto errors it passes on); other
// refusals with code 403 are read as gone too.
const goneDescriptions =
  /chat not found|user not found|user is deactivated|peer_id_invalid|chat_write_forbidden|not enough rights to send|have no rights to send|need administrator rights in the channel|bot is not a member|bot was kicked|message thread not found|topic_deleted|topic_closed|group chat was deactivated|chat_restricted/i;

const uneditableDescriptions =
  /message to edit not found|message can't be edited|message_id_invalid|there is no text in the message to edit/i;

/**
 * Reads what a call through grammY threw; undefined if that is no failure of a call but a defect of ours.
 * Reasons hold no url, so no token.
 */
export function failureOf(thrown: unknown): Failure | undefined {
  const { GrammyError, HttpError } = grammy();
  if (thrown instanceof GrammyError) return refusalOf(thrown);
  if (thrown instanceof HttpError) return brokenCallOf(thrown.error);
  return undefined;
}

function refusalOf({ error_code: code, description, parameters }: GrammyError): Failure {
  const reason = `${code}: ${description}`;
  const { retry_after: seconds, migrate_to_chat_id: to } = parameters;
  if (code === 429) return { kind: 'too-fast', seconds: seconds ?? 1, reason };
  // A gateway that waited for the server in vain: the server may have done it all the same.
  if (code === 504) return { kind: 'unanswered', cause: 'late', reason };
  if (code >= 500) return { kind: 'not-taken', reason };
  if (code === 401 || code === 404) return { kind: 'unauthorized', reason };
  if (code === 409) return { kind: 'conflict', reason };
  if (to !== undefined) return { kind: 'moved', to: String(to), reason };
  if (/message is not modified/i.test(description)) return { kind: 'unchanged', reason };
  if (uneditableDescriptions.test(description)) return { kind: 'uneditable', reason };
  if (code === 403 || goneDescriptions.test(description)) return { kind: 'gone', reason };
  return { kind: 'rejected', reason };
}

function brokenCallOf(error: unknown): Failure {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
  const unreached =
    code !== undefined && (neverConnected.has(code) || code.startsWith('ERR_TLS') || code.startsWith('CERT_'));
  if (unreached) return { kind: 'not-taken', reason: code };
  return code === undefined
    ? { kind: 'unanswered', cause: 'late', reason: 'no answer in time' }
    : { kind: 'unanswered', cause: 'broken', reason: code };
}
