/**
 * The loader for an author's own site: `<script async src="https://…/embed.js"></script>`. It adds a button in
 * the corner; the chat itself is loaded, and something stored, at the first press only.
 *
 * Everything lives under a shadow root and is styled through the object model, so that neither the site's
 * styles nor a strict policy of the site reach it. `--postbell-z-index` moves it below or above other things.
 */
(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const widget = new URL('widget', script.src);
  const label = /^zh/i.test(navigator.language) ? '问文章' : 'Ask for a post';
  const corner = 'position:fixed;z-index:var(--postbell-z-index,999);border:0;';
  let frame: HTMLIFrameElement | undefined;

  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-label', label);
  button.setAttribute('aria-expanded', 'false');
  button.style.cssText = `${corner}right:20px;bottom:20px;width:56px;height:56px;padding:0;border-radius:18px;cursor:pointer;background:#0f5a4c;box-shadow:0 4px 16px rgb(0 0 0/25%)`;
  const picture = document.createElement('img');
  picture.src = new URL('favicon.svg', script.src).href;
  picture.alt = '';
  picture.width = 56;
  picture.style.cssText = 'display:block;border-radius:18px';

  const show = (open: boolean) => {
    if (open && !frame) {
      frame = document.createElement('iframe');
      frame.src = widget.href;
      frame.title = label;
      frame.style.cssText = `${corner}right:clamp(0px,100vw - 28rem,20px);bottom:clamp(0px,100vw - 28rem,20px);width:max(25rem,(28rem - 100vw)*99);max-width:100%;height:max(42rem,(28rem - 100vw)*99);max-height:100%;border-radius:clamp(0px,100vw - 28rem,18px);box-shadow:0 8px 40px rgb(0 0 0/30%);color-scheme:normal`;
      root.append(frame);
    }
    if (frame) frame.hidden = !open;
    if (frame) frame.style.display = open ? '' : 'none';
    button.setAttribute('aria-expanded', String(open));
    (open ? frame : button)?.focus();
  };

  button.addEventListener('click', () => show(true));
  addEventListener('message', ({ origin, source, data }) => {
    if (origin === widget.origin && source === frame?.contentWindow && data === 'postbell:close') show(false);
  });
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && frame && !frame.hidden) show(false);
  });

  const host = document.createElement('postbell-chat');
  // Rules of the site for everything would move, dim or hide what stands in it; a host without a box of its own escapes.
  host.style.cssText = 'all:initial!important;display:contents!important';
  const root = host.attachShadow({ mode: 'open' });
  button.append(picture);
  root.append(button);
  // A script in the head may run before there is a body.
  if (document.body) document.body.append(host);
  else addEventListener('DOMContentLoaded', () => document.body.append(host));
})();
