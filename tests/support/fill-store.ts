import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postbell } from './process.ts';

const dayMs = 24 * 60 * 60_000;
const channels = ['telegram:10', 'telegram:11', 'telegram:12', 'wechat:oReader', 'wechat:oOther', 'web:visitor'];
const everything = { kind: 'everything' };
const wanted = [
  everything,
  everything,
  everything,
  { kind: 'category', category: 'AIGC' },
  { kind: 'category', category: '大语言模型（LLM）' },
  { kind: 'query', query: 'LoRA' },
];

/** Gives a bot that has never run in this folder a hundred readers, who came in the course of a month. */
export async function fillStore(folder: string, now = Date.now()): Promise<void> {
  const backup: { tables: Record<string, unknown[]> } = JSON.parse(
    (await postbell(['export'], { cwd: folder })).stdout,
  );
  backup.tables.subscribers = Array.from({ length: 100 }, (_, number) => {
    const address = `${channels[number % channels.length]}${1_000 + number}`;
    // First few, then more and more; nobody at weekends.
    const daysAgo = Math.round(30 - 30 * Math.sqrt(number / 100));
    const weekend = new Date(now - daysAgo * dayMs).getUTCDay() % 6 === 0 ? 2 : 0;
    return {
      address,
      chat_key: address,
      state: number % 33 === 7 ? 'suspended' : 'active',
      language: number % 4 === 0 ? 'en' : 'zh',
      subscriptions: JSON.stringify([wanted[(number * 5) % wanted.length]]),
      settings: null,
      since: now - Math.max(0, daysAgo - weekend) * dayMs,
    };
  });
  writeFileSync(join(folder, 'readers.json'), JSON.stringify(backup));
  const { code, stderr } = await postbell(['import', 'readers.json'], { cwd: folder });
  if (code !== 0) throw new Error(`the readers could not be imported: ${stderr}`);
}
