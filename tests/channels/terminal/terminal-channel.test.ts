import { PassThrough } from 'node:stream';
import { createTerminalChannel } from '../../../src/channels/terminal/terminal-channel.ts';
import { loadPhrases } from '../../../src/conversation/phrases/phrases.ts';
import { messageOf } from '../../../src/kernel/errors.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { type ConversationWorld, createConversationWorld } from '../../support/conversation-world.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const now = new Date('2026-11-25T08:00:00Z');
const clock = createManualClock(now);
let store: Store;

beforeEach(async () => {
  store = await openStore('sqlite::memory:', { clock, log: silentLog });
});

afterEach(() => store.close());

describe('a chat in the terminal', () => {
  it('answers each line in order and ends with the input', async () => {
    const output = await chat(['LoRA', '', '/categories', 'Pandas']);
    expect(output.indexOf('12 posts on “LoRA”')).toBeGreaterThanOrEqual(0);
    expect(output.indexOf('4 categories')).toBeGreaterThan(output.indexOf('12 posts'));
    expect(output.indexOf('1 post on “Pandas”')).toBeGreaterThan(output.indexOf('4 categories'));
  });

  it('turns pages with n and p', async () => {
    const output = await chat(['LoRA', 'n', 'p']);
    expect(output.match(/Page \d of 3/g)).toEqual(['Page 1 of 3', 'Page 2 of 3', 'Page 1 of 3']);
  });

  it('searches for n where there is no page to turn to', async () => {
    expect(await chat(['Pandas', 'n'])).toContain('nothing on “n”');
  });

  it('opens the post whose number is typed, on each page, and searches for a number that stands nowhere', async () => {
    const output = await chat(['LoRA', 'n', '７', '3']);
    const [, opened = ''] = output.split('Page 2 of 3');
    expect(opened).toContain('LoRA in practice, part 7');
    expect(opened).not.toContain('part 6');
    expect(opened).toContain('“3”');
  });

  it('presses the button whose number is typed, in either width', async () => {
    const output = await chat(['/categories', '>2', '/categories', '》３']);
    expect(output).toContain('Pictures: 2 posts');
    expect(output).toContain('Data science: 1 post');
  });

  it('says so when there is no such button', async () => {
    expect(await chat(['/categories', '>77'])).toContain('no such choice');
  });

  it('stops at /quit, with the rest unread', async () => {
    const output = await chat(['Pandas', '/quit', 'LoRA']);
    expect(output).toContain('Pandas');
    expect(output).not.toContain('LoRA');
  });

  it('subscribes whoever sits there', async () => {
    const world = createConversationWorld();
    await chat(['/subscribe LoRA'], { world });
    expect(await world.book.find({ channel: 'terminal', chat: 'li' })).toMatchObject({
      subscriptions: [{ kind: 'query', query: 'LoRA' }],
    });
  });

  it('greets and prompts a person, and gives a pipe the answers alone', async () => {
    expect(await chat(['Pandas'], { interactive: true })).toMatch(/Hi! .*\/quit leaves.*› /s);
    expect(await chat(['Pandas'])).toMatch(/^1 post on “Pandas”/);
  });

  it('ends when the process is told to, without an error', async () => {
    const { channel } = terminal();
    const ending = new AbortController();
    const run = channel.run(createConversationWorld().conversation, ending.signal);
    ending.abort();
    await expect(run).resolves.toBeUndefined();
  });

  it('lets a fault of the conversation be known', async () => {
    const { channel, input } = terminal();
    input.write('LoRA\n');
    const run = channel.run({ answer: () => Promise.reject(new Error('broken')) }, new AbortController().signal);
    expect(await run.catch(messageOf)).toBe('broken');
  });
});

describe('an announcement in the terminal', () => {
  const address = { channel: 'terminal', chat: 'li' } as const;
  const news = (text: string) => ({ text, cards: [], actions: [] });

  it('is shown above the prompt while someone chats', async () => {
    const { channel, input, text } = terminal(true);
    const run = channel.run(createConversationWorld().conversation, new AbortController().signal);
    await text('/quit leaves');
    await store.inbox.put(address, 'd1', news('A new post'), now);
    clock.advance(1_000);
    await text('A new post');
    input.end();
    await run;
  });

  it('waits for the next chat while nobody sits there, and is shown once', async () => {
    const { channel, input, text } = terminal(true);
    await store.inbox.put(address, 'd1', news('A new post'), now);
    await store.inbox.put({ channel: 'terminal', chat: 'somebody-else' }, 'd2', news('Not for you'), now);
    const run = channel.run(createConversationWorld().conversation, new AbortController().signal);
    await text('A new post');
    input.end();
    await run;

    const next = terminal(true);
    const second = next.channel.run(createConversationWorld().conversation, new AbortController().signal);
    await next.text('/quit leaves');
    next.input.end();
    await second;
    expect(next.written()).not.toContain('A new post');
    expect(next.written()).not.toContain('Not for you');
  });
});

function terminal(interactive = false) {
  const input = new PassThrough();
  const output = new PassThrough();
  const channel = createTerminalChannel({
    input,
    output,
    width: () => 80,
    color: false,
    hyperlinks: false,
    interactive,
    user: 'li',
    language: 'en',
    phrases: loadPhrases(),
    inbox: store.inbox,
    values: store.values,
    clock,
  });
  let written = '';
  output.on('data', (chunk) => {
    written += String(chunk);
  });
  /** Resolves once the terminal shows these words. */
  const text = async (words: string) => {
    while (!written.includes(words)) await new Promise((resolve) => output.once('data', resolve));
    return written;
  };
  return { channel, input, text, written: () => written };
}

/** Types the lines, ends the input, and gives all that the terminal showed. */
async function chat(
  lines: readonly string[],
  { world = createConversationWorld(), interactive = false }: { world?: ConversationWorld; interactive?: boolean } = {},
): Promise<string> {
  const { channel, input, written } = terminal(interactive);
  input.end(`${lines.join('\n')}\n`);
  await channel.run(world.conversation, new AbortController().signal);
  return written();
}
