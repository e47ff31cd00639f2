import { runChaos } from '../../bench/chaos.ts';

// `npm run chaos` is the long version of this.
describe.each([
  ['sqlite', 1],
  ['postgres', 2],
] as const)('on %s, with %d process(es), one of which is killed again and again', (dialect, processes) => {
  it('loses nothing, and repeats only what was in flight or whose answer was lost', async () => {
    const report = await runChaos({ dialect, processes, rounds: 4, subscribers: 300, faults: 0.02 });
    expect(report.kills).toBe(4);
    expect(report.lost).toBe(0);
    expect(report.repeated).toBeLessThanOrEqual(report.inFlight + report.faults);
  }, 120_000);
});
