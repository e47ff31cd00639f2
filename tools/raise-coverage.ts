/** The least share of each that is covered, in percent. */
export interface CoverageFloor {
  readonly lines: number;
  readonly branches: number;
}

/** The floor after a run: never lower than it was. Rounded down to a tenth, so that the same run passes it again. */
export function raisedFloor(floor: CoverageFloor, covered: CoverageFloor): CoverageFloor {
  const raised = (was: number, now: number) => Math.max(was, Math.floor(now * 10) / 10);
  return { lines: raised(floor.lines, covered.lines), branches: raised(floor.branches, covered.branches) };
}
