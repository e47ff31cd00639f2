import { randomUUID } from 'node:crypto';
import { chmod, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { envExample } from '../config/env-example.ts';
import { variables } from '../config/environment.ts';
import { loadEnvironment } from '../config/load-environment.ts';
import { readConfig } from '../config/read-config.ts';
import { writeVariables } from '../config/write-variables.ts';
import { codeOf, messageOf, UserError } from '../kernel/errors.ts';
import { tryAnswer } from './init-answers.ts';
import { type InitQuestion, initQuestions } from './init-questions.ts';
import type { Terminal } from './terminal.ts';

export interface InitOptions {
  /** What flags said. */
  readonly given: Answers;
  /** Ask nothing. */
  readonly yes: boolean;
  /** False: neither platforms nor the catalog are asked. */
  readonly check: boolean;
}

type Answers = Partial<Record<InitQuestion['name'], string>>;

/**
 * Sets up a folder. What a flag says is not asked for; without a terminal nothing is asked. `.env` is written once,
 * at the end, and all that it held and was not asked for is kept.
 *
 * @throws UserError if an answer of a flag does not work; nothing is written then.
 */
export async function runInit(options: InitOptions, terminal: Terminal): Promise<void> {
  const environment = loadEnvironment(terminal.folder);
  const fromInput = options.given.TELEGRAM_BOT_TOKEN === '-';
  const given = fromInput
    ? { ...options.given, TELEGRAM_BOT_TOKEN: (await text(terminal.stdin)).trim() }
    : options.given;
  for (const { name } of initQuestions) {
    const answer = given[name];
    if (answer === undefined) continue;
    const tried = await tryAnswer(name, answer, {
      environment: { ...environment, ...given },
      folder: terminal.folder,
      outside: options.check,
    });
    if (!tried.ok) throw new UserError(`${tried.said}\nnothing was written`);
    if (tried.said !== undefined) terminal.stderr.write(`${tried.said}\n`);
  }
  const mayAsk = terminal.stdin.isTTY === true && !options.yes && !fromInput;
  const asked = mayAsk ? await ask(given, environment, options.check, terminal) : {};
  const path = await writeEnv(terminal.folder, { ...given, ...asked });
  terminal.stderr.write(`wrote ${path}\n`);
  const all = { ...environment, ...given, ...asked };
  const fault = faultOf(all);
  if (fault !== undefined) terminal.stderr.write(`still to be set: ${fault}\n`);
  terminal.stdout.write(nextSteps(all));
}

/** Asks for what is not given, again until it works. An empty answer leaves a thing as it is. */
async function ask(
  given: Answers,
  environment: Readonly<Record<string, string>>,
  outside: boolean,
  { folder, stdin, stderr }: Terminal,
): Promise<Answers> {
  const answers: Answers = {};
  const prompt = createInterface({ input: stdin, output: stderr });
  const gone = new AbortController();
  prompt.once('SIGINT', () => gone.abort());
  prompt.once('close', () => gone.abort());
  try {
    for (const question of initQuestions) {
      const { name, after } = question;
      const known = () => ({ ...environment, ...given, ...answers });
      if (question.question === undefined || given[name] !== undefined) continue;
      if (after !== undefined && !known()[after]) continue;
      for (;;) {
        const answer = (await prompt.question(questionText(question, environment), gone)).trim();
        // The one thing that is there without an answer, and may be wrong all the same.
        const meant = answer === '' && name === 'CATALOG' ? currentOf(name, environment) : answer;
        if (meant === '') break;
        const tried = await tryAnswer(name, meant, { environment: known(), folder, outside });
        stderr.write(`  ${tried.ok ? '' : '! '}${tried.said ?? 'good'}\n`);
        if (tried.ok && answer !== '') answers[name] = answer;
        if (tried.ok || answer === '') break;
      }
    }
    return answers;
  } catch (error) {
    if (gone.signal.aborted) throw new UserError('\nstopped: nothing was written');
    throw error;
  } finally {
    prompt.close();
  }
}

function currentOf(name: InitQuestion['name'], environment: Readonly<Record<string, string>>): string {
  return environment[name] ?? variables[name].shown ?? '';
}

/** With what holds if nothing is answered; a secret is not shown. */
function questionText({ name, question, secret }: InitQuestion, environment: Readonly<Record<string, string>>): string {
  const current = currentOf(name, environment);
  const shown = secret && current !== '' ? 'the one that is set' : current;
  return `${question}${shown === '' ? '' : ` [${shown}]`}\n> `;
}

/** @returns the path of the file, which only this user can read. */
async function writeEnv(folder: string, answers: Answers): Promise<string> {
  const path = await realpath(join(folder, '.env')).catch(() => join(folder, '.env'));
  const draft = `${path}.${randomUUID()}`;
  try {
    const before = await readFile(path, 'utf8').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return envExample();
      throw error;
    });
    await writeFile(draft, writeVariables(before, answers), { mode: 0o600 });
    await chmod(draft, 0o600);
    await rename(draft, path);
    return path;
  } catch (error) {
    await rm(draft, { force: true });
    const remedy = codeOf(error) === 'ENOSPC' ? 'make room on its disk' : 'let this user write there';
    throw new UserError(`${path} can't be written (${messageOf(error)}); ${remedy}`);
  }
}

/** What would end a start with these answers. */
function faultOf(environment: Readonly<Record<string, string>>): string | undefined {
  try {
    readConfig(environment);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function nextSteps(environment: Readonly<Record<string, string>>): string {
  const steps = [
    'postbell doctor          sees whether everything is in place',
    'postbell catalog list    shows how your posts were understood',
    `postbell start           runs the bot; the chat is at http://127.0.0.1:${environment.PORT || variables.PORT.shown}`,
    ...(environment.TELEGRAM_BOT_TOKEN ? ['                         and in Telegram: write /start to the bot'] : []),
    ...(environment.WECHAT_APP_ID ? [callbackStep('WeChat', '/wechat/callback', environment)] : []),
    ...(environment.WECOM_CORP_ID ? [callbackStep('WeCom', '/wecom/callback', environment)] : []),
  ];
  return `Next:\n${steps.map((step) => `  ${step}\n`).join('')}`;
}

function callbackStep(platform: string, path: string, { PUBLIC_URL = '' }: Readonly<Record<string, string>>): string {
  const address = `${PUBLIC_URL.replace(/\/$/, '') || 'https://YOUR-HOST'}${path}`;
  return `                         then give ${platform} the address ${address} (docs/wechat.md)`;
}
