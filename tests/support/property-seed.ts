import fc from 'fast-check';

// One commit has one result: each run draws the same inputs, unless PROPERTY_SEED says otherwise
// (a number, or `random` to look for inputs that no run has tried).
const seed = process.env.PROPERTY_SEED ?? '20261125';
fc.configureGlobal({
  ...(seed === 'random' ? {} : { seed: Number(seed) }),
  // Of a mutant only whether it fails is asked: looking for its smallest counterexample takes longer than all else.
  endOnFailure: process.env.STRYKER_MUTATOR_WORKER !== undefined,
});
