import { styleText } from 'node:util';
import { loadEnvironment, readableEnvironment } from '../config/load-environment.ts';
import { secretsIn } from '../config/secrets.ts';
import { systemClock } from '../kernel/clock.ts';
import { hideSecrets } from '../kernel/create-log.ts';
import { checkAll } from './doctor/check-all.ts';
import { type Finding, wrongBy } from './doctor/finding.ts';
import type { Terminal } from './terminal.ts';
import { styleOf } from './terminal-style.ts';

/** Checks everything and prints what was found. @returns whether all is well. */
export async function runDoctor({ json }: { readonly json: boolean }, terminal: Terminal): Promise<boolean> {
  const { folder } = terminal;
  const environment = readableEnvironment(folder);
  const findings = [...unreadable(folder), ...(await checkAll({ environment, folder, clock: systemClock }))];
  const isWell = findings.every(({ ok }) => ok);
  const text = json
    ? `${JSON.stringify({ ok: isWell, checks: findings })}\n`
    : findingsAsText(findings, styleOf(terminal).color);
  terminal.stdout.write(hideSecrets(secretsIn(environment))(text));
  return isWell;
}

/** Whether there is an `.env` that can't be read: all else is looked at as if there were none. */
function unreadable(folder: string): readonly Finding[] {
  try {
    loadEnvironment(folder);
    return [];
  } catch (error) {
    return [wrongBy('.env', error, 'let this user read it')];
  }
}

/** A line a finding, its remedy on the next, and what it comes to at the end. */
function findingsAsText(findings: readonly Finding[], color: boolean): string {
  const paint = (format: Parameters<typeof styleText>[0], text: string) => (color ? styleText(format, text) : text);
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, ok, message, remedy }) => [
    `${ok ? paint('green', 'ok   ') : paint(['bold', 'red'], 'wrong')}  ${paint('bold', check.padEnd(width))}  ${message}`,
    ...(remedy === undefined ? [] : [`${' '.repeat(width + 9)}${paint('cyan', `→ ${remedy}`)}`]),
  ]);
  const count = findings.filter(({ ok }) => !ok).length;
  const sum = count === 0 ? 'all is well' : `${count} of ${findings.length} checks found something wrong`;
  return `${lines.join('\n')}\n\n${sum}\n`;
}
