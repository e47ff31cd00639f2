import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { hideSecrets } from '../../src/kernel/create-log.ts';

const module = fileURLToPath(new URL('../../src/kernel/create-log.ts', import.meta.url));

describe('the log', () => {
  test('prints a secret nowhere: not in facts, not in nested errors, not in the sentence', () => {
    const secret = '123456:AAF-not"a\\token';
    const script = `
      import { createLog } from ${JSON.stringify(module)};
      const secret = ${JSON.stringify(secret)};
      const log = createLog({ level: 'info', secrets: [secret], fileDescriptor: 1 });
      log.info({ url: 'https://api.example/bot' + secret + '/getMe' }, 'asked');
      log.error({ err: new Error('failed', { cause: new Error(secret) }) }, 'no answer for ' + secret);
      log.child({ encoded: encodeURIComponent(secret) }).warn({}, 'again');
    `;
    const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      encoding: 'utf8',
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    });
    expect(status).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(line).toContain('[secret]');
      expect(line).not.toContain('AAF-not');
      expect(JSON.parse(line)).toHaveProperty('msg');
    }
  });

  test('leaves words alone that a careless operator has made a secret', () => {
    expect(hideSecrets(['s', 'token'])('the message "listening" has a token')).toBe(
      'the message "listening" has a token',
    );
  });

  test('hides every secret in any text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), fc.string(), fc.string(), (secret, before, after) => {
        fc.pre(!`${before}[secret]${after}`.includes(secret));
        expect(hideSecrets([secret])(before + secret + after)).not.toContain(secret);
      }),
    );
  });
});
