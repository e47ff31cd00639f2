import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { failing, recordsOf, runTests, slowest, summedUp, type TestRecord } from './flakiness.ts';

// `npm run flakiness [-- --runs N] [--forget] [PATTERN…]`: runs the tests again and again (20 times), and lists those
// that failed in some of the runs, and the slowest. What earlier calls have seen is kept and counted too, so that the
// whole can be measured in parts; `--forget` begins anew, `--runs 0` only shows. Ends with 1 if one failed.
const kept = 'reports/flakiness.json';
const { values, positionals: patterns } = parseArgs({
  options: { runs: { type: 'string', default: '20' }, forget: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const runs = Number(values.runs);
if (!Number.isInteger(runs)) throw new Error(`--runs: "${values.runs}" is no number of runs`);
if (values.forget) rmSync(kept, { force: true });

let records: readonly TestRecord[] = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : [];
for (let run = 1; run <= runs; run++) {
  const seen = recordsOf(await runTests(patterns));
  records = summedUp([...records, ...seen]);
  mkdirSync('reports', { recursive: true });
  writeFileSync(kept, JSON.stringify(records));
  const failures = failing(seen);
  console.log(`run ${run} of ${runs}: ${failures.length} failed${failures.map(({ test }) => `\n  ${test}`).join('')}`);
}

const failed = failing(records);
const sum = records.reduce((all, { runs }) => all + runs, 0);
console.log(`\n${records.length} tests, run ${sum} times in all; ${failed.length} of them failed at least once`);
for (const { test, failures, runs: of } of failed) console.log(`${failures} of ${of}: ${test}`);
console.log('\nthe slowest tests, in their slowest run:');
for (const { test, slowest: ms } of slowest(records, 20))
  console.log(`${(ms / 1000).toFixed(1).padStart(6)} s  ${test}`);
if (failed.length > 0) process.exitCode = 1;
