import type { z } from 'zod';
import { lookAtBot } from '../channels/telegram/look-at-bot.ts';
import { variables } from '../config/environment.ts';
import { readConfig } from '../config/read-config.ts';
import { systemClock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import { checkWechat, checkWecom } from './doctor/check-tencent.ts';
import type { Finding } from './doctor/finding.ts';
import type { InitQuestion } from './init-questions.ts';
import { readCatalogOnce } from './read-catalog-once.ts';

/** What came of trying an answer: `said` is told to the person. */
export type Tried = { readonly ok: true; readonly said?: string } | { readonly ok: false; readonly said: string };

export interface TryParts {
  /** With what was answered so far. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  /** False: only the form is looked at. */
  readonly outside: boolean;
}

/** Looks at the form of an answer and, where there is something to ask, whether it works. */
export async function tryAnswer(name: InitQuestion['name'], answer: string, parts: TryParts): Promise<Tried> {
  const schema: z.ZodType = variables[name].schema;
  const form = schema.safeParse(answer);
  if (!form.success) return refused(`${name}: ${form.error.issues.map(({ message }) => message).join('; ')}`);
  if (!parts.outside) return { ok: true };
  const { environment } = parts;
  switch (name) {
    case 'CATALOG':
      return tryCatalog(answer, parts);
    case 'TELEGRAM_BOT_TOKEN':
      return tryToken(answer, parts);
    case 'WECHAT_APP_SECRET': {
      const apiRoot = variables.WECHAT_API_ROOT.schema.parse(environment.WECHAT_API_ROOT);
      const appId = environment.WECHAT_APP_ID ?? '';
      return triedAs(name, await checkWechat({ appId, appSecret: answer, apiRoot }, systemClock));
    }
    case 'WECOM_SECRET': {
      const apiRoot = variables.WECOM_API_ROOT.schema.parse(environment.WECOM_API_ROOT);
      const app = { corpId: environment.WECOM_CORP_ID ?? '', agentId: Number(environment.WECOM_AGENT_ID) };
      return triedAs(name, await checkWecom({ ...app, secret: answer, apiRoot }, systemClock));
    }
    default:
      return { ok: true };
  }
}

async function tryToken(token: string, { environment }: TryParts): Promise<Tried> {
  const apiRoot = variables.TELEGRAM_API_ROOT.schema.parse(environment.TELEGRAM_API_ROOT);
  const look = await lookAtBot({ token, apiRoot });
  switch (look.kind) {
    case 'found':
      return { ok: true, said: `Telegram knows it as @${look.bot.username}` };
    case 'refused':
      return refused(`TELEGRAM_BOT_TOKEN: Telegram refuses it (${look.reason}); copy it again from @BotFather`);
    case 'unreachable':
      return refused(`TELEGRAM_BOT_TOKEN: ${apiRoot} can't be asked (${look.reason}); --no-check writes it unchecked`);
  }
}

function triedAs(name: string, { ok, message, remedy = '' }: Finding): Tried {
  return ok ? { ok, said: message } : refused(`${name}: ${message}; ${remedy}; --no-check writes it unchecked`);
}

async function tryCatalog(spec: string, { environment, folder }: TryParts): Promise<Tried> {
  try {
    const { catalog } = readConfig({
      CATALOG: spec,
      CATALOG_BASE_URL: environment.CATALOG_BASE_URL,
      ALLOW_PRIVATE_NETWORK: environment.ALLOW_PRIVATE_NETWORK,
    });
    const { posts, problems } = await readCatalogOnce({ catalog }, folder);
    const fault = problems.find(({ severity }) => severity === 'error');
    if (posts.length > 0)
      return { ok: true, said: `${posts.length} ${posts.length === 1 ? 'post was' : 'posts were'} found` };
    return refused(`CATALOG: ${fault ? `${fault.source}: ${fault.message}` : 'not one post was found there'}`);
  } catch (error) {
    return refused(messageOf(error));
  }
}

function refused(said: string): Tried {
  return { ok: false, said };
}
