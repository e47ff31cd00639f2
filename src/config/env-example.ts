import { variables } from './environment.ts';

/** The text of `.env.example`: every variable with its line of help and its default. */
export function envExample(): string {
  const entries = Object.entries(variables).map(([name, { help, shown }]) => `# ${help}\n${name}=${shown}\n`);
  return [
    '# Copy to .env and fill in what you need: without any of it Postbell runs on this machine,',
    '# with SQLite in a file, a web chat on localhost and the catalog that comes with it.',
    '# Empty means unset.',
    '',
    ...entries,
  ].join('\n');
}
