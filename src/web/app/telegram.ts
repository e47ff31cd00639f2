/**
 * What a page says to the Telegram that it stands in, and hears from it (core.telegram.org/api/web-events, and
 * core.telegram.org/bots/webapps). Telegram's own script would come from another site, which the policy of the page
 * does not allow; of it a few messages are all that is needed here.
 */
export interface Telegram {
  /** Signed by Telegram; empty where the page was not opened from the bot's menu or a button under its message. */
  readonly initData: string;
  /** What the link asks for that has opened the page; empty where it asks for nothing. */
  readonly startParameter: string;
  /** Tells that the page shows something, and takes the whole height. */
  ready(): void;
  /** Shows or hides Telegram's own button, which calls `pressed`. */
  back(pressed: (() => void) | undefined): void;
  /** Opens an address in Telegram's browser, above the page. */
  openLink(url: string): void;
  /** Has Telegram ask whether the bot may write to the user, who may have never spoken to it. */
  askToWrite(): void;
  /** A short tap of the phone. */
  tap(): void;
  onTheme(changed: (theme: ThemeColours) => void): void;
}

/** Colours by Telegram's names, such as `bg_color`, each `#rrggbb`. */
export type ThemeColours = Readonly<Partial<Record<string, string>>>;

interface Host {
  readonly TelegramWebviewProxy?: { postEvent(type: string, data: string): void };
  readonly external?: { notify?(message: string): void };
  Telegram?: unknown;
}

/** A reload of the page may come without the part of the address that Telegram put there. */
const keptKey = 'postbell.telegram';

/** The Telegram that has opened this page; undefined in a browser of its own. */
export function surroundingTelegram(): Telegram | undefined {
  const launch = launchParameters();
  const version = launch?.get('tgWebAppVersion');
  if (!launch || !version) return undefined;
  let pressed: (() => void) | undefined;
  let themeChanged: (theme: ThemeColours) => void = () => {};
  const post = (since: string, type: string, data: object = {}) => {
    if (isAtLeast(version, since)) postEvent(type, data);
  };

  const heard = (type: unknown, data: unknown) => {
    const facts = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
    if (type === 'theme_changed') themeChanged(coloursOf(facts.theme_params));
    else if (type === 'back_button_pressed') pressed?.();
    else if (type === 'reload_iframe') window.location.reload();
    else if (type === 'safe_area_changed') keepClear('device', facts);
    else if (type === 'content_safe_area_changed') keepClear('content', facts);
  };
  hear(heard);

  return {
    initData: launch.get('tgWebAppData') ?? '',
    startParameter: launch.get('tgWebAppStartParam') ?? '',
    ready() {
      post('6.0', 'iframe_ready', { reload_supported: true });
      post('6.0', 'web_app_ready');
      post('6.0', 'web_app_expand');
      // Else pulling the list down would close the page.
      post('7.7', 'web_app_setup_swipe_behavior', { allow_vertical_swipe: false });
      post('8.0', 'web_app_request_safe_area');
      post('8.0', 'web_app_request_content_safe_area');
    },
    back(callback) {
      pressed = callback;
      post('6.1', 'web_app_setup_back_button', { is_visible: callback !== undefined });
    },
    openLink: (url) => postEvent('web_app_open_link', { url }),
    askToWrite: () => post('6.9', 'web_app_request_write_access'),
    tap: () => post('6.1', 'web_app_trigger_haptic_feedback', { type: 'impact', impact_style: 'light' }),
    onTheme(changed) {
      themeChanged = changed;
      changed(coloursOf(parsed(launch.get('tgWebAppThemeParams') ?? '')));
      post('6.0', 'web_app_request_theme');
    },
  };
}

function launchParameters(): URLSearchParams | undefined {
  const hash = window.location.hash.slice(1);
  try {
    if (hash.includes('tgWebAppVersion=')) window.sessionStorage.setItem(keptKey, hash);
    const kept = window.sessionStorage.getItem(keptKey);
    return kept === null ? undefined : new URLSearchParams(kept);
  } catch {
    // Storage is refused to frames of other sites in some browsers.
    return hash.includes('tgWebAppVersion=') ? new URLSearchParams(hash) : undefined;
  }
}

/** Telegram's apps give the page an object to call; Telegram Web stands around it. */
function postEvent(type: string, data: object): void {
  const host = window as unknown as Host;
  if (host.TelegramWebviewProxy) host.TelegramWebviewProxy.postEvent(type, JSON.stringify(data));
  else if (host.external?.notify) host.external.notify(JSON.stringify({ eventType: type, eventData: data }));
  // Only Telegram may stand around the page, and nothing in these messages is a secret.
  else if (window.parent !== window)
    window.parent.postMessage(JSON.stringify({ eventType: type, eventData: data }), '*');
}

function hear(heard: (type: unknown, data: unknown) => void): void {
  const receiver = { receiveEvent: heard };
  // By the names that Telegram's apps of today and of before call.
  Object.assign(window, {
    Telegram: { WebView: receiver },
    TelegramGameProxy: receiver,
    TelegramGameProxy_receiveEvent: heard,
  });
  window.addEventListener('message', ({ source, data }) => {
    if (source !== window.parent || typeof data !== 'string') return;
    const message = parsed(data) as { eventType?: unknown; eventData?: unknown } | undefined;
    heard(message?.eventType, message?.eventData);
  });
}

/** What the phone's own bars cover: Safari's `env(safe-area-inset-*)` is empty within Telegram. */
function keepClear(whose: 'device' | 'content', insets: Record<string, unknown>): void {
  for (const side of ['top', 'bottom']) {
    const pixels = Number(insets[side]);
    if (pixels >= 0) document.documentElement.style.setProperty(`--${whose}-${side}`, `${pixels}px`);
  }
}

function coloursOf(given: unknown): ThemeColours {
  const colours = Object.entries(typeof given === 'object' && given !== null ? given : {});
  return Object.fromEntries(colours.filter(([, colour]) => /^#[0-9a-f]{6}$/i.test(String(colour))));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isAtLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
