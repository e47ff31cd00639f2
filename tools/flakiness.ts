import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
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

/** What became of each test over several runs, by `file: name`. */
export function recordsOf(reports: readonly JestReport[]): readonly TestRecord[] {
  const records = new Map<string, TestRecord>();
  const add = (test: string, failed: boolean, duration: number) => {
    const { runs, failures, slowest } = records.get(test) ?? { runs: 0, failures: 0, slowest: 0 };
    const record = { runs: runs + 1, failures: failures + (failed ? 1 : 0), slowest: Math.max(slowest, duration) };
    records.set(test, { test, ...record });
  };
  for (const { testResults } of reports) {
    for (const { name, assertionResults, status } of testResults) {
      const file = name.replace(/^.*\/tests\//, 'tests/');
      if (assertionResults.length === 0 && status === 'failed') add(`${file}: (the file itself)`, true, 0);
      for (const one of assertionResults) add(`${file}: ${one.fullName}`, one.status === 'failed', one.duration ?? 0);
    }
  }
  return [...records.values()];
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
  return JSON.parse(readFileSync(file, 'utf8'));
}
