import { createAnnounceSchedule } from '../../announce/announce-schedule.ts';
import type { Config } from '../../config/config.ts';
import { readConfig } from '../../config/read-config.ts';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf, UserError } from '../../kernel/errors.ts';
import { silentLog } from '../../kernel/log.ts';
import { readGlossary } from '../../read-glossary.ts';
import { checkCatalog } from './check-catalog.ts';
import { checkClock } from './check-clock.ts';
import { checkDisk, checkPort } from './check-machine.ts';
import { checkStore } from './check-store.ts';
import { checkTelegram } from './check-telegram.ts';
import { checkWechat, checkWecom } from './check-tencent.ts';
import { type Finding, fine, wrong } from './finding.ts';

export interface DoctorParts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What relative paths are relative to. */
  readonly folder: string;
  readonly clock: Clock;
}

/**
 * Looks at everything that the bot needs to run. Changes nothing, save that the database is made and its tables
 * are brought up to date, as the start would. With a faulty configuration the rest can't be looked at.
 */
export async function checkAll({ environment, folder, clock }: DoctorParts): Promise<readonly Finding[]> {
  const read = await readConfiguration(environment, folder);
  if ('faults' in read) return read.faults;
  const { config } = read;
  const { telegram, wechat, wecom, server } = config;
  const now = clock.now();
  const apiRoot = (telegram ?? wechat ?? wecom)?.apiRoot;
  const checks: readonly Promise<readonly (Finding | undefined)[]>[] = [
    Promise.all([checkCatalog(config, folder)]),
    checkStore(config, clock),
    ...(telegram ? [checkTelegram(telegram, server, now)] : []),
    Promise.all([
      wechat && checkWechat(wechat, clock),
      wecom && checkWecom(wecom, clock),
      apiRoot === undefined ? undefined : checkClock(apiRoot, clock),
      checkDisk(config, folder),
      checkPort(server),
    ]),
  ];
  const findings = (await Promise.all(checks)).flat().filter((finding) => finding !== undefined);
  return [configurationFinding(config), ...findings];
}

async function readConfiguration(
  environment: DoctorParts['environment'],
  folder: string,
): Promise<{ readonly config: Config } | { readonly faults: readonly Finding[] }> {
  try {
    const config = readConfig(environment);
    const { announce, catalog, timezone, glossaryFile } = config;
    const idle = { timezone, run: async () => {}, log: silentLog };
    createAnnounceSchedule({ variable: 'ANNOUNCE_CRON', cron: announce.cron, ...idle });
    createAnnounceSchedule({ variable: 'CATALOG_REFRESH_CRON', cron: catalog.refreshCron, ...idle });
    await readGlossary(glossaryFile, folder);
    return { config };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const remedy = 'correct it in .env or in the environment; .env.example says what each variable means';
    return {
      faults: messageOf(error)
        .split('\n')
        .map((fault) => wrong('configuration', fault, remedy)),
    };
  }
}

function configurationFinding({ telegram, wechat, wecom, language, timezone, admins }: Config): Finding {
  const channels = ['web', telegram && 'telegram', wechat && 'wechat', wecom && 'wecom'].filter((name) => name);
  const counted = admins.length === 1 ? '1 admin' : `${admins.length} admins`;
  return fine('configuration', `channels ${channels.join(', ')}; language ${language}; ${timezone}; ${counted}`);
}
