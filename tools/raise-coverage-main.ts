import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CoverageFloor, raisedFloor } from './raise-coverage.ts';

// The last step of `npm run coverage`: what is covered now is the least from now on, once tests/coverage.json is committed.
const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const floor: CoverageFloor = JSON.parse(readFileSync(path('tests/coverage.json'), 'utf8'));
const { total } = JSON.parse(readFileSync(path('coverage/coverage-summary.json'), 'utf8'));
const raised = raisedFloor(floor, { lines: total.lines.pct, branches: total.branches.pct });
if (JSON.stringify(raised) !== JSON.stringify(floor)) {
  writeFileSync(path('tests/coverage.json'), `${JSON.stringify(raised, null, 2)}\n`);
  console.log(`raised to ${raised.lines} % of lines and ${raised.branches} % of branches: commit tests/coverage.json`);
}
