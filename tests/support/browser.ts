import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The Chromium of this machine: CHROMIUM_PATH, else the first known name on the PATH; undefined if there is none. */
function findChromium(): string | undefined {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}

/** @throws Error if no Chromium is found or it does not start. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found; install one, or name it in CHROMIUM_PATH');
  // Containers give a process no user namespace to make its sandbox of.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/**
 * `describe` where there is a browser. Without one the tests are skipped and say so; in CI they run all
 * the same, and fail, so that nobody takes a missing browser for a passing page.
 */
export function describeInBrowser(name: string, tests: () => void): void {
  const possible = findChromium() !== undefined || process.env.CI === 'true';
  if (!possible) console.warn(`skipped "${name}": no Chromium found; install one, or name it in CHROMIUM_PATH`);
  (possible ? describe : describe.skip)(name, tests);
}
