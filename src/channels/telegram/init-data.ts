import { createHmac, timingSafeEqual } from 'node:crypto';
import { isRecord } from '../../kernel/is-record.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Language } from '../../subscribers/subscriber.ts';

/** Who has opened the Mini App: their private chat with the bot, and what Telegram tells of their language. */
export interface MiniAppUser {
  readonly address: Address;
  readonly language: Language | undefined;
}

const oldestMs = 60 * 60_000;
/** Clocks differ. */
const furthestAheadMs = 60_000;
const longest = 8_192;

/**
 * The user that a Mini App's `initData` names, as core.telegram.org/bots/webapps ("Validating data received via the
 * Mini App") has it checked; undefined if it was not made by Telegram for this bot, or longer than an hour ago.
 *
 * @param initData the raw string: every field counts as it was sent, so that nothing is read and written again
 */
export function miniAppUser(initData: string, token: string, now: Date): MiniAppUser | undefined {
  if (initData.length > longest) return undefined;
  const fields = [...new URLSearchParams(initData)];
  const values = new Map(fields);
  // Of a field that is there twice, one reader takes the first and another the last.
  if (values.size !== fields.length) return undefined;
  const signed = fields
    .filter(([name]) => name !== 'hash')
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
  const key = createHmac('sha256', 'WebAppData').update(token).digest();
  const expected = createHmac('sha256', key).update(signed).digest();
  const given = Buffer.from(values.get('hash') ?? '', 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  if (!isFresh(values.get('auth_date') ?? '', now)) return undefined;
  return userOf(values.get('user') ?? '');
}

function isFresh(authDate: string, now: Date): boolean {
  if (!/^\d{1,12}$/.test(authDate)) return false;
  const ageMs = now.getTime() - Number(authDate) * 1000;
  return ageMs <= oldestMs && ageMs >= -furthestAheadMs;
}

function userOf(json: string): MiniAppUser | undefined {
  let user: unknown;
  try {
    user = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isRecord(user) || !Number.isSafeInteger(user.id) || Number(user.id) <= 0) return undefined;
  const spoken = String(user.language_code ?? '').toLowerCase();
  const language = spoken.startsWith('zh') ? 'zh' : spoken.startsWith('en') ? 'en' : undefined;
  // A private chat has the id of its user.
  return { address: { channel: 'telegram', chat: String(user.id) }, language };
}
