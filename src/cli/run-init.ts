import { randomUUID } from 'node:crypto';
import { chmod, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { envExample } from '../config/env-example.ts';
import { variables } from '../config/environment.ts';
import { loadEnvironment } from '../config/load-environment.ts';
import { writeVariables } from '../config/write-variables.ts';
import { messageOf, UserError } from '../kernel/errors.ts';
import { type Asked, tryAnswer } from './init-answers.ts';
import type { Terminal } from './terminal.ts';

export interface InitOptions {
  readonly catalog?: string;
  readonly telegramToken?: string;
  readonly language?: string;
  readonly publicUrl?: string;
  readonly database?: string;
  readonly admin?: string;
  readonly yes?: true;
  readonly check: boolean;
}

type Answers = Partial<Record<Asked, string>>;

const questions: readonly { readonly name: Asked; readonly question: string }[] = [
  { name: 'CATALOG', question: 'Where are your posts? A Markdown list, a folder, a feed, a data file; path or URL' },
  { name: 'LANGUAGE', question: 'Which language shall the bot speak at first, zh or en?' },
  { name: 'TELEGRAM_BOT_TOKEN', question: 'The token from @BotFather, for Telegram; leave it empty for the web alone' },
  {
    name: 'PUBLIC_URL',
    question: 'The https address of this server, such as https://bot.example; empty if it has none',
  },
  { name: 'ADMINS', question: 'Who may administer? An address such as telegram:12345; empty for nobody' },
];

/**
 * Sets up a folder. What a flag says is not asked for; without a terminal nothing is asked. `.env` is written once,
 * at the end, and all that it held and was not asked for is kept.
 *
 * @throws UserError if an answer of a flag does not work; nothing is written then.
 */
export async function runInit(options: InitOptions, terminal: Terminal): Promise<void> {
  const environment = loadEnvironment(terminal.folder);
  const given = await answersOf(options, terminal);
  for (const [name, answer] of Object.entries(given) as [Asked, string][]) {
    const tried = await tryAnswer(name, answer, {
      environment: { ...environment, ...given },
      folder: terminal.folder,
      outside: options.check,
    });
    if (!tried.ok) throw new UserError(`${tried.said}\nnothing was written`);
    if (tried.said !== undefined) terminal.stderr.write(`${tried.said}\n`);
  }
  const mayAsk = terminal.stdin.isTTY === true && options.yes !== true && options.telegramToken !== '-';
  const asked = mayAsk ? await ask(given, environment, options.check, terminal) : {};
  const path = await writeEnv(terminal.folder, { ...given, ...asked });
  terminal.stderr.write(`wrote ${path}\n`);
  terminal.stdout.write(nextSteps({ ...environment, ...given, ...asked }));
}

async function answersOf(options: InitOptions, { stdin }: Terminal): Promise<Answers> {
  const { catalog, language, publicUrl, database, admin } = options;
  const token = options.telegramToken === '-' ? (await text(stdin)).trim() : options.telegramToken;
  const answers = {
    CATALOG: catalog,
    LANGUAGE: language,
    TELEGRAM_BOT_TOKEN: token,
    PUBLIC_URL: publicUrl,
    ADMINS: admin,
    DATABASE_URL: database,
  };
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== undefined));
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
    for (const { name, question } of questions) {
      if (given[name] !== undefined) continue;
      for (;;) {
        const answer = (await prompt.question(questionText(name, question, environment), gone)).trim();
        if (answer === '') break;
        const tried = await tryAnswer(name, answer, {
          environment: { ...environment, ...given, ...answers },
          folder,
          outside,
        });
        stderr.write(`  ${tried.ok ? '' : '! '}${tried.said ?? 'good'}\n`);
        if (!tried.ok) continue;
        answers[name] = answer;
        break;
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

/** With what holds if nothing is answered; a token is not shown. */
function questionText(name: Asked, question: string, environment: Readonly<Record<string, string>>): string {
  const current = environment[name] ?? variables[name].shown ?? '';
  const shown = name === 'TELEGRAM_BOT_TOKEN' && current !== '' ? 'the one that is set' : current;
  return `${question}${shown === '' ? '' : ` [${shown}]`}\n> `;
}

/** @returns the path of the file, which only this user can read. */
async function writeEnv(folder: string, answers: Answers): Promise<string> {
  const path = await realpath(join(folder, '.env')).catch(() => join(folder, '.env'));
  const draft = `${path}.${randomUUID()}`;
  try {
    const before = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return envExample();
      throw error;
    });
    await writeFile(draft, writeVariables(before, answers), { mode: 0o600 });
    await chmod(draft, 0o600);
    await rename(draft, path);
    return path;
  } catch (error) {
    throw new UserError(`${path} can't be written (${messageOf(error)}); let this user write there`);
  }
}

function nextSteps(environment: Readonly<Record<string, string>>): string {
  const steps = [
    'postbell doctor          sees whether everything is in place',
    'postbell catalog list    shows how your posts were understood',
    'postbell start           runs the bot; the chat is at http://127.0.0.1:8080',
    ...((environment.TELEGRAM_BOT_TOKEN ?? '') === ''
      ? []
      : ['                         and in Telegram: write /start to the bot']),
  ];
  return `Next:\n${steps.map((step) => `  ${step}\n`).join('')}`;
}
