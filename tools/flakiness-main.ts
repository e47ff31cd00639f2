import { failing, type JestReport, recordsOf, runTests, slowest } from './flakiness.ts';

// `npm run flakiness [-- --runs N] [PATTERN…]`: runs the tests again and again (20 times), and lists those that failed
// in some of the runs, and the slowest. Ends with 1 if one failed.
const words = process.argv.slice(2);
const at = words.indexOf('--runs');
const runs = at < 0 ? 20 : Number(words[at + 1]);
const patterns = at < 0 ? words : words.toSpliced(at, 2);

const reports: JestReport[] = [];
for (let run = 1; run <= runs; run++) {
  const report = await runTests(patterns);
  reports.push(report);
  const failures = failing(recordsOf([report]));
  console.log(`run ${run} of ${runs}: ${failures.length} failed${failures.map(({ test }) => `\n  ${test}`).join('')}`);
}

const records = recordsOf(reports);
const failed = failing(records);
console.log(`\n${records.length} tests, ${reports.length} runs, ${failed.length} tests failed in some of them`);
for (const { test, failures, runs: of } of failed) console.log(`${failures} of ${of}: ${test}`);
console.log('\nthe slowest tests, in their slowest run:');
for (const { test, slowest: ms } of slowest(records, 20))
  console.log(`${(ms / 1000).toFixed(1).padStart(6)} s  ${test}`);
if (failed.length > 0) process.exitCode = 1;
