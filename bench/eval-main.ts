import { evaluate } from './eval.ts';

// npm run eval [-- FOLDER-OF-THE-PUBLIC-LISTS] [ENGINE…]
await evaluate(process.argv.slice(2));
