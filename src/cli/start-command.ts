import type { Command } from 'commander';
import { loadEnvironment } from '../config/load-environment.ts';
import { readConfig } from '../config/read-config.ts';
import { secretsIn } from '../config/secrets.ts';
import { systemClock } from '../kernel/clock.ts';
import { createLog, hideSecrets } from '../kernel/create-log.ts';
import type { Terminal } from './terminal.ts';

/** `postbell start`: runs the bot until SIGINT or SIGTERM, then ends what it has begun. */
export function addStartCommand(program: Command, { folder, stderr }: Terminal): void {
  program
    .command('start')
    .description('run the bot: every channel whose credentials are set, the web chat always')
    .action(async () => {
      const environment = loadEnvironment(folder);
      const config = readConfig(environment);
      // Loaded here, so that no other command waits for all channels and the server.
      const { runApp } = await import('../main.ts');
      const secrets = secretsIn(environment);
      const hide = hideSecrets(secrets);
      const log = createLog({ level: config.logLevel, secrets, fileDescriptor: 1 });
      process.once('uncaughtException', (fault) => {
        // What Node would print of it is no line of the log, and may hold a secret.
        log.error({ err: fault }, 'a fault that nobody caught ends the process');
        process.exit(1);
      });
      const stop = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => {
          log.info({ signal }, 'stopping');
          stop.abort();
          // Whoever asks twice does not want to wait.
          process.once(signal, () => process.exit(1));
        });
      }
      await runApp(config, { folder, log, clock: systemClock, hide }, stop.signal, ({ url, signInUrl }) => {
        log.info({ url }, 'listening');
        // A secret: shown to whoever sits here, and only where nobody else can reach the server.
        if (stderr.isTTY && isLoopback(config.server.host))
          stderr.write(`Dashboard, once within 10 minutes: ${signInUrl}\n`);
      });
      log.info({}, 'stopped');
    });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
