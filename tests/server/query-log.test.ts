import fc from 'fast-check';
import { silentLog } from '../../src/kernel/log.ts';
import { createSearchIndex } from '../../src/search/search-indexer.ts';
import { createQueryLog, type QueryLog } from '../../src/server/query-log.ts';
import { seemsPersonal } from '../../src/server/seems-personal.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { createPassingQueryLog } from '../support/passing-query-log.ts';
import { createRecordingLog } from '../support/recording-log.ts';
import { post } from '../support/web-app.ts';

const index = createSearchIndex({ posts: [post('LoRA'), post('Docker')], problems: [], revision: '1' });
const dayMs = 24 * 60 * 60_000;

describe('the log of queries', () => {
  it('counts what was asked, however it was written, and what nothing answered', async () => {
    const log = createPassingQueryLog();
    const search = (text: string, offset = 0) =>
      log
        .watch(() => index)()
        .search({ text, limit: 5, offset });
    for (const text of ['LoRA', ' lora ', 'ＬｏＲＡ', 'Docker', 'qwertyuiop', 'qwertyuiop']) search(text);
    search('Docker', 5);
    expect((await log.top(2)).map(({ query, count }) => [query, count])).toEqual([
      ['ＬｏＲＡ', 3],
      ['qwertyuiop', 2],
    ]);
    expect(await log.unanswered(5)).toEqual([{ query: 'qwertyuiop', count: 2, total: 0 }]);
  });

  it('answers as the index does, and is the same index as long as that is', () => {
    const watched = createPassingQueryLog().watch(() => index);
    expect(watched()).toBe(watched());
    fc.assert(
      fc.property(fc.string(), (text) => {
        const query = { text, limit: 3, offset: 0 };
        expect(watched().search(query)).toEqual(index.search(query));
      }),
    );
  });

  it('stays small, whatever is asked', async () => {
    const log = createPassingQueryLog();
    for (let asked = 0; asked < 5_000; asked += 1) log.asked(`${asked} ${'long '.repeat(100)}`, 1);
    const top = await log.top(10_000);
    expect(top.length).toBeLessThanOrEqual(2_000);
    expect(Math.max(...top.map(({ query }) => query.length))).toBeLessThanOrEqual(100);
    log.asked('  \n ', 0);
    expect(await log.unanswered(1)).toEqual([]);
  });
});

describe('over a restart the log of queries', () => {
  let store: Store;
  let clock: ManualClock;
  beforeEach(async () => {
    clock = createManualClock();
    store = await openStore('sqlite::memory:', { clock, log: silentLog });
  });
  afterEach(() => store.close());

  const start = (days = 30): QueryLog => createQueryLog({ kept: store.queries, days, clock, log: silentLog });
  /** As a process that is told to end at once. */
  const end = (log: QueryLog) => {
    const stop = new AbortController();
    const ended = log.run(stop.signal);
    stop.abort();
    return ended;
  };
  const ask = (log: QueryLog, query: string, total = 1, times = 2) => {
    for (let asked = 0; asked < times; asked += 1) log.asked(query, total);
  };

  it('keeps what was asked, and goes on counting', async () => {
    const before = start();
    ask(before, 'LoRA', 2, 3);
    ask(before, 'Kubernetes', 0);
    await end(before);
    const after = start();
    after.asked('lora', 5);
    expect(await after.top(5)).toEqual([
      { query: 'lora', count: 4, total: 5 },
      { query: 'Kubernetes', count: 2, total: 0 },
    ]);
    expect(await after.unanswered(5)).toEqual([{ query: 'Kubernetes', count: 2, total: 0 }]);
  });

  it('counts each asking once, however often it is looked at or written down', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('ask', 'look', 'restart'), { maxLength: 30 }), async (steps) => {
        await store.queries.forgetBefore('9999-12-31');
        let log = start();
        let asked = 0;
        // Twice at first: what was asked once is not kept.
        ask(log, 'LoRA');
        for (const step of steps) {
          if (step === 'ask') {
            ask(log, 'LoRA');
            asked += 2;
          } else if (step === 'look') await log.top(1);
          else {
            await end(log);
            log = start();
          }
        }
        expect((await log.top(1))[0]?.count).toBe(asked + 2);
      }),
    );
  });

  it('writes down nothing that was asked once, or that may tell of a person', async () => {
    const log = start();
    ask(log, 'only once', 0, 1);
    for (const query of ['me@mail.example', 'call 138 0013 8000', '@somebody', 'https://a.example/?u=7'])
      ask(log, query);
    ask(log, 'a sentence that somebody has pasted here, and that goes on and on');
    await end(log);
    expect((await store.export()).tables.queries).toEqual([]);
    // As long as the process lives, the author sees them.
    expect(await log.top(10)).toHaveLength(6);
  });

  it('keeps it for so many days', async () => {
    const log = start(2);
    ask(log, 'LoRA');
    await end(log);
    clock.advance(dayMs);
    expect(await start(2).top(1)).toHaveLength(1);
    clock.advance(dayMs);
    expect(await start(2).top(1)).toEqual([]);
    await end(start(2));
    expect((await store.export()).tables.queries).toEqual([]);
  });

  it('keeps nothing, also of before, where no days are wanted', async () => {
    const wanted = start();
    ask(wanted, 'LoRA');
    await end(wanted);
    const log = start(0);
    ask(log, 'Docker');
    expect((await log.top(5)).map(({ query }) => query)).toEqual(['Docker']);
    await end(log);
    expect((await store.export()).tables.queries).toEqual([]);
  });

  it('loses nothing while the database can’t be written, and says so', async () => {
    const lines = createRecordingLog();
    let broken = true;
    const kept: Store['queries'] = {
      ...store.queries,
      add: async (...given) => {
        if (broken) throw new Error('disk full');
        await store.queries.add(...given);
      },
    };
    const log = createQueryLog({ kept, days: 30, clock, log: lines });
    ask(log, 'LoRA');
    expect(await log.top(1)).toEqual([{ query: 'LoRA', count: 2, total: 1 }]);
    expect(lines.text()).toContain('disk full');
    broken = false;
    await end(log);
    expect(await start().top(1)).toEqual([{ query: 'LoRA', count: 2, total: 1 }]);
  });
});

describe('a query', () => {
  it.each(['LoRA', 'GPT-4', '2024 年终总结', '大语言模型 微调', 'C++ 20', 'Llama 3.1 405B', 'ＣＬＩＰ'])(
    'such as “%s” tells of nobody',
    (query) => expect(seemsPersonal(query)).toBe(false),
  );

  it.each([
    'someone@mail.example',
    'someone＠mail.example',
    '13800138000',
    '+86 138-0013-8000',
    '１３８００１３８０００',
    '11010519491231002X',
    'x'.repeat(61),
  ])('such as “%s” may tell of a person', (query) => expect(seemsPersonal(query)).toBe(true));
});
