import fc from 'fast-check';
import { raisedFloor } from '../../tools/raise-coverage.ts';

describe('the floor of coverage', () => {
  const share = fc.double({ min: 0, max: 100, noNaN: true });
  const floor = fc.record({ lines: share, branches: share });

  it('never goes down, and is met by the run that raised it', () => {
    fc.assert(
      fc.property(floor, floor, (was, covered) => {
        const { lines, branches } = raisedFloor(was, covered);
        expect(lines).toBeGreaterThanOrEqual(was.lines);
        expect(branches).toBeGreaterThanOrEqual(was.branches);
        expect(lines <= covered.lines || lines === was.lines).toBe(true);
        expect(branches <= covered.branches || branches === was.branches).toBe(true);
      }),
    );
  });

  it('follows what is covered, half a point below: which branches a race takes differs from run to run', () => {
    expect(raisedFloor({ lines: 90, branches: 80 }, { lines: 93.48, branches: 79 })).toEqual({
      lines: 92.9,
      branches: 80,
    });
  });
});
