import { chaos } from './chaos.ts';

// `npm run chaos`: kill -9 at random moments of announcements, and what was lost or came twice.
await chaos(process.argv.slice(2));
