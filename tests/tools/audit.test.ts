import { auditOf } from '../../tools/audit.ts';

describe('the audit of dependencies', () => {
  it('lists what the registry knows of, and whether it can be mended', () => {
    const vulnerabilities = {
      one: { severity: 'high', range: '<1.2.3', fixAvailable: true },
      two: { severity: 'low', range: '*', fixAvailable: false },
    };
    expect(auditOf(JSON.stringify({ vulnerabilities }))).toEqual({
      kind: 'holes',
      lines: ['high: one <1.2.3, a fix is there', 'low: two *, no fix yet'],
    });
  });

  it('passes where nothing is known', () => {
    expect(auditOf('{"vulnerabilities":{}}').kind).toBe('none-known');
  });

  // As npm prints it where the registry takes no such request, where there is no network, and where npm itself broke.
  it.each([
    ['{"message":"405 Method Not Allowed - POST https://registry.example","error":{"summary":"","detail":""}}', /405/],
    ['{"error":{"code":"ENOTFOUND","summary":"getaddrinfo ENOTFOUND registry.example\\nmore"}}', /ENOTFOUND [^\n]*$/],
    ['', /no report/],
  ])('says so where nobody could be asked, and does not pass: %s', (printed, reason) => {
    const { kind, lines } = auditOf(printed);
    expect(kind).toBe('not-audited');
    expect(lines.join('\n')).toMatch(/^NOT AUDITED: /);
    expect(lines.join('\n')).toMatch(reason);
  });
});
