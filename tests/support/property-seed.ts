import fc from 'fast-check';

// One commit has one result: each run draws the same inputs, unless PROPERTY_SEED says otherwise
// (a number, or `random` to look for inputs that no run has tried).
const seed = process.env.PROPERTY_SEED ?? '20261125';
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
