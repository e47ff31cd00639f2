import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { copySqlite } from '../../src/store/sqlite/copy-sqlite.ts';
import { makeFolder, postbell, startBot } from '../support/process.ts';

describe('postbell backup', () => {
  it('copies the database of a running bot, and another bot starts with the copy', async () => {
    const cwd = makeFolder();
    const bot = await startBot({ cwd });
    try {
      await postbell(['chat'], { cwd, input: '/subscribe LoRA\n' });
      const { code, stderr } = await postbell(['backup', 'copy.db'], { cwd });
      expect(stderr).toContain(join(cwd, 'copy.db'));
      expect(statSync(join(cwd, 'copy.db')).mode & 0o777).toBe(0o600);
      expect(code).toBe(0);
      expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
    } finally {
      await bot.stop('SIGKILL');
    }

    const elsewhere = makeFolder();
    await copyFile(join(cwd, 'copy.db'), join(elsewhere, 'restored.db'));
    const env = { DATABASE_URL: 'sqlite:restored.db' };
    const restored = await startBot({ cwd: elsewhere, env });
    try {
      const chat = await postbell(['chat'], { cwd: elsewhere, env, input: '/subscriptions\n' });
      expect(chat.stdout).toContain('LoRA');
    } finally {
      await restored.stop('SIGKILL');
    }
  });

  it('is a copy of one moment, however much is written meanwhile', async () => {
    const folder = makeFolder();
    const store = await openStore(`sqlite:${folder}/live.db`, { clock: systemClock, log: silentLog });
    let isDone = false;
    let written = 0;
    const writing = (async () => {
      for (; !isDone; written += 1) {
        await store.values.put('first', String(written));
        await store.values.put('second', String(written));
        // SQLite answers at once: without a pause nothing else would have its turn.
        await setImmediate();
      }
    })();
    try {
      for (let copy = 0; copy < 5; copy += 1) {
        const target = join(folder, `copy-${copy}.db`);
        const before = written;
        await copySqlite(join(folder, 'live.db'), target);
        const restored = await openStore(`sqlite:${target}`, { clock: systemClock, log: silentLog });
        const [first, second] = [await restored.values.get('first'), await restored.values.get('second')];
        await restored.close();
        expect(Number(first)).toBeGreaterThanOrEqual(before - 1);
        expect(Number(first) - Number(second ?? -1)).toBeLessThanOrEqual(1);
      }
    } finally {
      isDone = true;
      await writing;
      await store.close();
    }
  });

  it('overwrites nothing, and leaves nothing half done', async () => {
    const cwd = makeFolder();
    writeFileSync(join(cwd, 'precious.db'), 'mine');
    const missing = await postbell(['backup', 'copy.db'], { cwd });
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('postbell.db') });
    await postbell(['chat'], { cwd, input: '/help\n' });
    const there = await postbell(['backup', 'precious.db'], { cwd });
    expect(there).toMatchObject({ code: 1, stderr: expect.stringContaining('precious.db is there already') });
    const nowhere = await postbell(['backup', 'none/copy.db'], { cwd });
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('none/copy.db') });
    expect(readdirSync(cwd).filter((name) => name.includes('partial') || name === 'copy.db')).toEqual([]);
  });

  it('names pg_dump for PostgreSQL', async () => {
    const { code, stderr } = await postbell(['backup', 'copy.db'], { env: { DATABASE_URL: 'postgres://u@h/n' } });
    expect(code).toBe(1);
    expect(stderr).toContain('pg_dump');
  });
});
