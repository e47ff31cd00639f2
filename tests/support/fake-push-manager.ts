import type { BrowserContext, Page } from 'playwright-core';
import type { PushEndpoint } from '../../src/subscribers/push-endpoint.ts';

/**
 * Gives the pages of a context a push service: Chromium without a head has none. All else is the browser's own:
 * the worker, its notifications, the permission.
 */
export async function fakePushManager(context: BrowserContext, { url, p256dh, auth }: PushEndpoint): Promise<void> {
  const subscription = { endpoint: url, expirationTime: null, keys: { p256dh, auth } };
  await context.grantPermissions(['notifications']);
  await context.addInitScript(`{
    const kept = 'test.push-key';
    const made = (key) => ({
      options: { applicationServerKey: Uint8Array.from(key.split(',').map(Number)).buffer },
      toJSON: () => (${JSON.stringify(subscription)}),
      unsubscribe: async () => localStorage.removeItem(kept) ?? true,
    });
    PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
      localStorage.setItem(kept, applicationServerKey.join(','));
      return made(applicationServerKey.join(','));
    };
    PushManager.prototype.getSubscription = async () => {
      const key = localStorage.getItem(kept);
      return key === null ? null : made(key);
    };
    window.asked = 0;
    const permitted = 'test.permitted';
    Object.defineProperty(Notification, 'permission', { get: () => localStorage.getItem(permitted) ?? 'default' });
    Notification.requestPermission = async () => {
      window.asked += 1;
      localStorage.setItem(permitted, 'granted');
      return 'granted';
    };
  }`);
}

/** How often the page has asked the reader for permission. */
export function timesAsked(page: Page): Promise<number> {
  return page.evaluate('window.asked');
}

/** Brings the worker of the page what the push service would, and gives the notifications that the reader sees then. */
export async function bringToWorker(page: Page, data: string): Promise<readonly ShownNotification[]> {
  const devtools = await page.context().newCDPSession(page);
  const versions = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [registration] = registrations;
      if (registration) resolve(registration.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const registrationId = await versions;
  const origin = new URL(page.url()).origin;
  await devtools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
  await devtools.detach();
  return page.evaluate(`(async () => {
    const registration = await navigator.serviceWorker.ready;
    for (;;) {
      const shown = await registration.getNotifications();
      if (shown.length > 0) return shown.map(({ title, body, tag, data }) => ({ title, body, tag, path: data }));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })()`);
}

export interface ShownNotification {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly path: string;
}
