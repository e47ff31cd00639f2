/**
 * The service worker: shows what the push service brings, and opens the page that it is about. It keeps nothing and
 * answers no requests of the page.
 */
import type { PushNotice } from '../../channels/web/push-notice.ts';

/** Of the types of service workers what is used here; TypeScript's own do not go together with those of a page. */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface PushedEvent extends WorkerEvent {
  readonly data: { json(): unknown } | null;
}
interface ClickEvent extends WorkerEvent {
  readonly notification: Notification;
}
interface PageClient {
  readonly url: string;
  focus(): Promise<PageClient>;
}
interface Worker {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { readonly type: 'window'; readonly includeUncontrolled: true }): Promise<readonly PageClient[]>;
    openWindow(url: string): Promise<PageClient | null>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: WorkerEvent) => void): void;
  addEventListener(type: 'push', listener: (event: PushedEvent) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: ClickEvent) => void): void;
}

const worker = self as unknown as Worker;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('push', (event) => event.waitUntil(show(noticeOf(event))));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(pathOf(event.notification.data)));
});

function show({ title, body, path, tag }: PushNotice): Promise<void> {
  return worker.registration.showNotification(title, {
    body,
    tag,
    data: path,
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
  });
}

/** Browsers take away the permission of a page that is woken and shows nothing, so that there is always something. */
function noticeOf({ data }: PushedEvent): PushNotice {
  let sent: Partial<PushNotice> = {};
  try {
    sent = (data?.json() ?? {}) as Partial<PushNotice>;
  } catch {
    // Shown without words.
  }
  const { title = 'Postbell', body = '', path = '/', tag = 'postbell' } = sent;
  return { title: String(title), body: String(body), path: pathOf(path), tag: String(tag) };
}

/** A path of ours, whatever was sent. */
function pathOf(sent: unknown): string {
  return typeof sent === 'string' && /^\/(?![/\\])/.test(sent) ? sent : '/';
}

/** A chat that is open already is looked at rather than opened anew. */
async function open(path: string): Promise<void> {
  const wanted = new URL(path, worker.registration.scope);
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = windows.find(({ url }) => new URL(url).pathname === wanted.pathname);
  await (there ? there.focus() : worker.clients.openWindow(wanted.href));
}
