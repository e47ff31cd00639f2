import { spawnSync } from 'node:child_process';

/** What became of asking the registry for known holes. */
export interface Audit {
  readonly kind: 'none-known' | 'holes' | 'not-audited';
  /** For people, a line each. */
  readonly lines: readonly string[];
}

interface AuditDocument {
  readonly message?: string;
  readonly error?: { readonly code?: string; readonly summary?: string };
  readonly vulnerabilities?: Readonly<
    Record<string, { readonly severity: string; readonly range: string; readonly fixAvailable: unknown }>
  >;
}

/** Reads what `npm audit --json` printed. */
export function auditOf(printed: string): Audit {
  const document = jsonOf(printed);
  const { vulnerabilities } = document;
  if (!vulnerabilities) {
    const reason = document.error?.summary || document.error?.code || document.message || 'npm printed no report';
    return { kind: 'not-audited', lines: [`NOT AUDITED: ${reason.split('\n')[0]}`] };
  }
  const lines = Object.entries(vulnerabilities).map(
    ([name, { severity, range, fixAvailable }]) =>
      `${severity}: ${name} ${range}${fixAvailable === false ? ', no fix yet' : ', a fix is there'}`,
  );
  return lines.length === 0
    ? { kind: 'none-known', lines: ['the registry knows of no hole in what is installed to run'] }
    : { kind: 'holes', lines };
}

/** Asks the registry about all that the lock file installs to run. */
export function audit(): Audit {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return auditOf(stdout);
}

function jsonOf(text: string): AuditDocument {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
