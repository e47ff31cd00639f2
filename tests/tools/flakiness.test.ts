import { failing, type JestReport, recordsOf, slowest } from '../../tools/flakiness.ts';

const report = (...tests: readonly [name: string, status: string, ms: number][]): JestReport => ({
  testResults: [
    {
      name: '/anywhere/tests/a/b.test.ts',
      assertionResults: tests.map(([fullName, status, duration]) => ({ fullName, status, duration })),
    },
  ],
});

describe('runs of the tests, one after the other', () => {
  const records = recordsOf([
    report(['always', 'failed', 10], ['sometimes', 'passed', 500], ['never', 'passed', 20]),
    report(['always', 'failed', 10], ['sometimes', 'failed', 80], ['never', 'passed', 900]),
    { testResults: [{ name: '/anywhere/tests/c.test.ts', assertionResults: [], status: 'failed' }] },
  ]);

  it('show what fails in all of them and in some', () => {
    expect(failing(records).map(({ test, failures, runs }) => [test, failures, runs])).toEqual([
      ['tests/a/b.test.ts: always', 2, 2],
      ['tests/a/b.test.ts: sometimes', 1, 2],
      ['tests/c.test.ts: (the file itself)', 1, 1],
    ]);
  });

  it('show what takes longest, in its slowest run', () => {
    expect(slowest(records, 2).map(({ test, slowest: ms }) => [test, ms])).toEqual([
      ['tests/a/b.test.ts: never', 900],
      ['tests/a/b.test.ts: sometimes', 500],
    ]);
  });
});
