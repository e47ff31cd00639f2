import { failing, type JestReport, recordsOf, slowest, summedUp } from '../../tools/flakiness.ts';

const report = (...tests: readonly [name: string, status: string, ms: number][]): JestReport => ({
  testResults: [
    {
      name: '/anywhere/tests/a/b.test.ts',
      assertionResults: tests.map(([fullName, status, duration]) => ({ fullName, status, duration })),
    },
  ],
});

describe('runs of the tests, one after the other', () => {
  const reports = [
    report(['always', 'failed', 10], ['sometimes', 'passed', 500], ['never', 'passed', 20]),
    report(['always', 'failed', 10], ['sometimes', 'failed', 80], ['never', 'passed', 900]),
    { testResults: [{ name: '/anywhere/tests/c.test.ts', assertionResults: [], status: 'failed' }] },
  ];
  const records = summedUp(reports.flatMap(recordsOf));

  it('show what fails in all of them and in some', () => {
    expect(failing(records).map(({ test, failures, runs }) => [test, failures, runs])).toEqual([
      ['tests/a/b.test.ts: always', 2, 2],
      ['tests/a/b.test.ts: sometimes', 1, 2],
      ['tests/c.test.ts: (the file itself)', 1, 1],
    ]);
  });

  it('count as much in several calls as in one', () => {
    const [first, ...others] = reports.map(recordsOf);
    expect(summedUp([...summedUp(first ?? []), ...summedUp(others.flat())])).toEqual(records);
  });

  it('show what takes longest, in its slowest run', () => {
    expect(slowest(records, 2).map(({ test, slowest: ms }) => [test, ms])).toEqual([
      ['tests/a/b.test.ts: never', 900],
      ['tests/a/b.test.ts: sometimes', 500],
    ]);
  });
});
