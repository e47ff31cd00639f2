/** The least share of each that is covered, in percent. */
export interface CoverageFloor {
  readonly lines: number;
  readonly branches: number;
}

/** Points left under what a run covered: branches that only a race between processes takes are not taken each time. */
const MARGIN = 0.5;

/** The floor after a run: never lower than it was. Below what was covered, so that the same tests pass it again. */
export function raisedFloor(floor: CoverageFloor, covered: CoverageFloor): CoverageFloor {
  const raised = (was: number, now: number) => Math.max(was, Math.floor((now - MARGIN) * 10) / 10);
  return { lines: raised(floor.lines, covered.lines), branches: raised(floor.branches, covered.branches) };
}
