import fc from 'fast-check';
import { type SoakReport, verdict } from '../../bench/soak/verdict.ts';
import { runSoak } from '../../bench/soak.ts';

// `npm run soak` is the long version of this.
it('goes on as it began, under readers, edits and a platform that fails', async () => {
  const report = await runSoak({ seconds: 9, cycles: 6, listeners: 15, faults: 0.03, print: () => {} });
  expect(verdict(report)).toEqual([]);
  expect(report.due).toBeGreaterThan(100);
}, 180_000);

describe('a soak fails', () => {
  const MEGABYTE = 2 ** 20;
  const calm = { live: 80 * MEGABYTE, handles: ['Timeout', 'TCPServerWrap'], files: 27 };
  const samplesOf = (more: (at: number) => object = () => ({})) =>
    Array.from({ length: 12 }, (_, at) => ({ ...calm, ...more(at) }));
  const well: SoakReport = { samples: samplesOf(), due: 900, lost: 0, listed: 1, duplicated: 2, cut: 4, errors: [] };

  it('never where all is well, however uneven the collections are', () => {
    const noise = fc.array(fc.integer({ min: 0, max: MEGABYTE / 2 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(noise, (bytes) => {
        const samples = samplesOf((at) => ({ live: calm.live + (bytes[at] ?? 0) }));
        expect(verdict({ ...well, samples })).toEqual([]);
      }),
    );
  });

  it.each<readonly [string, Partial<SoakReport>, RegExp]>([
    ['a delivery is lost', { lost: 1 }, /^1 of 900 deliveries/],
    ['more come twice than connections were cut', { duplicated: 5 }, /^5 messages came twice/],
    ['memory grows with each cycle', { samples: samplesOf((at) => ({ live: calm.live + at * MEGABYTE })) }, /^memory/],
    [
      'a socket stays open with each cycle',
      { samples: samplesOf((at) => ({ handles: [...calm.handles, ...Array(at).fill('TCPSocketWrap')] })) },
      /^handles leak: TCPSocketWrap from 0 to 11$/,
    ],
    ['a file stays open with each cycle', { samples: samplesOf((at) => ({ files: 27 + at })) }, /^file descriptors/],
    ['an error was logged', { errors: ['{"level":50}'] }, /^1 errors in the log/],
    ['nobody was told anything', { due: 0 }, /^nothing was announced$/],
  ])('where %s', (_what, wrong, words) => {
    const [fault, ...others] = verdict({ ...well, ...wrong });
    expect(fault).toMatch(words);
    expect(others).toEqual([]);
  });
});
