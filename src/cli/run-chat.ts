import { userInfo } from 'node:os';
import { createTerminalChannel } from '../channels/terminal/terminal-channel.ts';
import { loadEnvironment } from '../config/load-environment.ts';
import { secretsIn } from '../config/secrets.ts';
import { createConversation } from '../conversation/create-conversation.ts';
import { loadPhrases } from '../conversation/phrases/phrases.ts';
import { systemClock } from '../kernel/clock.ts';
import { createLog } from '../kernel/create-log.ts';
import { createSearchableCatalog } from '../searchable-catalog.ts';
import { openStore } from '../store/open-store.ts';
import { type CatalogOptions, configWith } from './catalog-options.ts';
import type { Terminal } from './terminal.ts';
import { styleOf } from './terminal-style.ts';

/** Chats until the input ends or the reader leaves. */
export async function runChat(options: CatalogOptions, terminal: Terminal): Promise<void> {
  const { folder, stdin, stdout } = terminal;
  const config = configWith(options, folder);
  // A person reads the terminal: only what they must know is said between the messages.
  const log = createLog({ level: 'error', secrets: secretsIn(loadEnvironment(folder)), fileDescriptor: 2 });
  const clock = systemClock;
  const store = await openStore(config.databaseUrl, { clock, log });
  try {
    const leave = new AbortController();
    const searchable = await createSearchableCatalog(config, { folder, clock, log, cache: store.values });
    await searchable.refresh(leave.signal);
    const phrases = loadPhrases();
    const conversation = createConversation({
      ...searchable,
      book: store.book,
      clock,
      log,
      phrases,
      defaultLanguage: config.language,
    });
    const channel = createTerminalChannel({
      input: stdin,
      output: stdout,
      ...styleOf(terminal),
      width: () => styleOf(terminal).width,
      interactive: stdin.isTTY === true && stdout.isTTY === true,
      user: userInfo().username,
      language: config.language,
      phrases,
      inbox: store.inbox,
      values: store.values,
      clock,
    });
    const watching = searchable.watch(leave.signal);
    await channel.run(conversation, leave.signal);
    leave.abort();
    await watching;
  } finally {
    await store.close();
  }
}
