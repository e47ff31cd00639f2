import { chaos } from './chaos.ts';

// `npm run chaos [-- ARGS]`.
await chaos(process.argv.slice(2));
