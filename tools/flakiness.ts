import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is read of the report that `jest --json` writes. */
export interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly duration?: number | null;
    }[];
    /** Set where the file itself could not be run. */
    readonly message?: string;
    readonly status?: string;
  }[];
}

export interface TestRecord {
  readonly test: string;
  readonly runs: number;
  readonly failures: number;
  /** Of its runs, in milliseconds. */
  readonly slowest: number;
}

/** What became of each test in one run, by `file: name`. */
export function recordsOf({ testResults }: JestReport): readonly TestRecord[] {
  return testResults.flatMap(({ name, assertionResults, status }) => {
    const file = name.replace(/^.*\/tests\//, 'tests/');
    const once = (test: string, failed: boolean, duration: number) => ({
      test: `${file}: ${test}`,
      runs: 1,
      failures: failed ? 1 : 0,
      slowest: duration,
    });
    if (assertionResults.length === 0 && status === 'failed') return [once('(the file itself)', true, 0)];
    return assertionResults.map((one) => once(one.fullName, one.status === 'failed', one.duration ?? 0));
  });
}

/** The same tests over more runs. */
export function summedUp(records: readonly TestRecord[]): readonly TestRecord[] {
  const sums = new Map<string, TestRecord>();
  for (const { test, runs, failures, slowest } of records) {
    const sum = sums.get(test) ?? { runs: 0, failures: 0, slowest: 0 };
    sums.set(test, {
      test,
      runs: sum.runs + runs,
      failures: sum.failures + failures,
      slowest: Math.max(sum.slowest, slowest),
    });
  }
  return [...sums.values()];
}

/** Failed in some runs or all; those first that failed most. */
export function failing(records: readonly TestRecord[]): readonly TestRecord[] {
  return records.filter(({ failures }) => failures > 0).toSorted((one, other) => other.failures - one.failures);
}

export function slowest(records: readonly TestRecord[], count: number): readonly TestRecord[] {
  return records.toSorted((one, other) => other.slowest - one.slowest).slice(0, count);
}

/** Runs the tests once. Property tests draw other inputs each time. */
export async function runTests(patterns: readonly string[]): Promise<JestReport> {
  const file = join(mkdtempSync(join(tmpdir(), 'postbell-flakiness-')), 'report.json');
  const args = ['test', '--silent', '--', '--json', `--outputFile=${file}`, ...patterns];
  const child = spawn('npm', args, { stdio: 'ignore', env: { ...process.env, PROPERTY_SEED: 'random' } });
  await once(child, 'exit');
  if (!existsSync(file)) throw new Error('the tests could not be run; npm test says why');
  return JSON.parse(readFileSync(file, 'utf8'));
}
