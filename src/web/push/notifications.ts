/** How notifications of this browser stand. `home-screen`: an iPhone gives them to pages on its Home Screen only. */
export type NotificationState = 'impossible' | 'home-screen' | 'blocked' | 'off' | 'on';

/** What came of switching them on. */
export type SwitchResult = 'on' | 'no-subscription' | 'blocked' | 'failed';

/** Notifications of this browser, which it also shows while no page of ours is open. */
export interface Notifications {
  state(): NotificationState;
  onChange(changed: () => void): void;
  /** Has the browser ask the reader: to be called at a press only. */
  switchOn(): Promise<SwitchResult>;
  switchOff(): Promise<void>;
  /** Brings browser and server to the same state: after a visit long ago, new keys, an end of all subscriptions. */
  reconcile(): Promise<void>;
}

/** Whoever has no subscription gets no notifications. */
const noSubscription = 409;

/** @param visitor the secret by which the server knows this browser */
export function createNotifications(visitor: string): Notifications {
  let state: NotificationState = startingState();
  let changed = () => {};
  const set = (next: NotificationState) => {
    if (next === state) return;
    state = next;
    changed();
  };

  async function subscribed(registration: ServiceWorkerRegistration): Promise<PushSubscription> {
    const { publicKey } = (await (await fetch('/api/push')).json()) as { publicKey: string };
    const key = bytesOf(publicKey);
    const there = await registration.pushManager.getSubscription();
    if (there && isSame(there.options.applicationServerKey, key)) return there;
    // Made for other keys of the server: it would be refused for ever.
    await there?.unsubscribe();
    return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  }

  async function tell(subscription: PushSubscription): Promise<SwitchResult> {
    const response = await fetch('/api/push', {
      method: 'PUT',
      headers: { authorization: `Bearer ${visitor}`, 'content-type': 'application/json' },
      body: JSON.stringify(subscription),
    });
    if (response.status === noSubscription) return 'no-subscription';
    return response.ok ? 'on' : 'failed';
  }

  return {
    state: () => state,
    onChange: (callback) => {
      changed = callback;
    },

    async switchOn() {
      try {
        if (Notification.permission !== 'granted' && (await Notification.requestPermission()) !== 'granted') {
          set(startingState());
          return 'blocked';
        }
        await navigator.serviceWorker.register('/push-worker.js');
        const result = await tell(await subscribed(await navigator.serviceWorker.ready));
        if (result === 'on') set('on');
        return result;
      } catch {
        return 'failed';
      }
    },

    async switchOff() {
      set('off');
      const headers = { authorization: `Bearer ${visitor}` };
      await fetch('/api/push', { method: 'DELETE', headers }).catch(() => {});
      await endSubscription().catch(() => {});
    },

    async reconcile() {
      if (state !== 'off' && state !== 'on') return;
      try {
        const registration = await navigator.serviceWorker.getRegistration('/');
        if (Notification.permission !== 'granted' || !(await registration?.pushManager.getSubscription())) {
          return set(startingState());
        }
        const result = await tell(await subscribed(await navigator.serviceWorker.ready));
        if (result === 'no-subscription') await endSubscription();
        if (result !== 'failed') set(result === 'on' ? 'on' : 'off');
      } catch {
        // Out of reach: it stands as it stood, until the next visit.
      }
    },
  };
}

/** Without looking at the service worker: off until that is known. */
function startingState(): NotificationState {
  // Browsers ask nobody on behalf of a page within another's.
  if (window.parent !== window || !window.isSecureContext) return 'impossible';
  if ('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window) {
    return Notification.permission === 'denied' ? 'blocked' : 'off';
  }
  return 'standalone' in navigator && navigator.standalone === false ? 'home-screen' : 'impossible';
}

async function endSubscription(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration('/');
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}

function isSame(one: ArrayBuffer | null, other: Uint8Array): boolean {
  const bytes = new Uint8Array(one ?? []);
  return bytes.length === other.length && bytes.every((byte, at) => byte === other[at]);
}
