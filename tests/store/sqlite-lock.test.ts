import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { makeFolder } from '../support/process.ts';

describe('a SQLite file that another process is writing', () => {
  it('is waited for, while this process goes on with other things', async () => {
    const path = join(makeFolder(), 'shared.db');
    const store = await openStore(`sqlite:${path}`, { clock: systemClock, log: silentLog });
    const other = new SqliteDatabase(path);
    try {
      other.exec('begin immediate');
      let written = false;
      const writing = store.values.put('a', '1').then(() => {
        written = true;
      });
      for (let turn = 0; turn < 20; turn++) await systemClock.sleep(5);
      expect(written).toBe(false);

      other.exec('commit');
      await writing;
      expect(await store.values.get('a')).toBe('1');
    } finally {
      other.close();
      await store.close();
    }
  });
});
