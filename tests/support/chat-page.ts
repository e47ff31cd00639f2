import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** The chat page in a browser of its own storage, with what tests do and look for. */
export interface ChatPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What broke in the page: errors, violations of its policy, failed loads. */
  readonly faults: string[];
  /** Types the words and presses Enter. */
  type(words: string): Promise<void>;
  /** Types the words, presses Enter and waits for the answer. */
  ask(words: string): Promise<void>;
  /** Presses the button or link with this name in the newest answer that has one. */
  press(name: string | RegExp): Promise<void>;
  /** The titles of the cards of the newest answer that has any. */
  titles(): Promise<string[]>;
  /** What was said, line by line: `reader`, `bot`, `news` or `fault`, and the beginning of its text. */
  lines(): Promise<{ readonly from: string; readonly text: string }[]>;
  close(): Promise<void>;
}

export interface Visit extends BrowserContextOptions {
  /** Of the page, such as `/?q=LoRA`. */
  readonly path?: string;
  /** Instead of a fresh browser: another tab of this one. */
  readonly context?: BrowserContext;
}

/** Opens the page and waits until the bot has said something. */
export async function openChat(browser: Browser, url: string, visit: Visit = {}): Promise<ChatPage> {
  const { path = '/', context: shared, ...options } = visit;
  const context = shared ?? (await browser.newContext({ locale: 'en-GB', ...options }));
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(url + path);
  await page.locator('.entry.bot .message').first().waitFor();

  const answers = page.locator('.entry.bot .message, .entry.fault');
  const type = async (words: string) => {
    await page.locator('textarea').fill(words);
    await page.locator('textarea').press('Enter');
  };
  return {
    page,
    context,
    faults,
    type,
    async ask(words) {
      const before = await answers.count();
      await type(words);
      await answers.nth(before).waitFor();
    },
    async press(name) {
      await page.locator('.entry').getByRole('button', { name }).last().click();
    },
    async titles() {
      const newest = page
        .locator('.entry.bot')
        .filter({ has: page.locator('.card') })
        .last();
      const titles = await newest.locator('.card h2').allTextContents();
      return titles.map((title) => title.replace(/[(（][^(（]*[)）]$/, '').trim());
    },
    async lines() {
      return page.locator('.entry').evaluateAll((entries) =>
        entries.map((entry) => ({
          from: ['news', 'reader', 'fault', 'bot'].find((name) => entry.classList.contains(name)) ?? '',
          text: entry.querySelector('p:not(.news-label)')?.textContent ?? '',
        })),
      );
    },
    close: () => (shared ? page.close() : context.close()),
  };
}
