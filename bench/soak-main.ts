import { soak } from './soak.ts';

// `npm run soak`: the whole process for ten minutes, and whether it could go on for years.
await soak(process.argv.slice(2));
