import { createHmac } from 'node:crypto';

/** What Telegram gives a Mini App of the bot with this token: the fields as they are sent, with their hash. */
export function signInitData(fields: Readonly<Record<string, string>>, token: string): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  const key = createHmac('sha256', 'WebAppData').update(token).digest();
  const hash = createHmac('sha256', key).update(lines.sort().join('\n')).digest('hex');
  return new URLSearchParams({ ...fields, hash }).toString();
}
