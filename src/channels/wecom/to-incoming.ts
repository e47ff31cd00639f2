import type { CallbackMessage } from '../tencent/callback-message.ts';
import type { Talk } from '../tencent/talk.ts';
import { textOf } from '../tencent/xml.ts';

/** What a message or event of a WeCom app asks for. */
export type Asked = Talk | { readonly kind: 'leave' } | { readonly kind: 'nothing' };

/** Reads what the app's callback asks for. WeCom recognises no speech, so that voice messages come without words. */
export function toAsked({ type, event, eventKey, element }: CallbackMessage): Asked {
  switch (type) {
    case 'text':
      return { kind: 'words', text: textOf(element, 'Content'), tapped: false };
    case 'link':
      return { kind: 'link', url: textOf(element, 'Url').trim(), title: textOf(element, 'Title').trim() };
    case 'voice':
      return { kind: 'silent-voice' };
    case 'event':
      return eventAsked(event.toLowerCase(), eventKey);
    default:
      return { kind: 'unreadable' };
  }
}

/** Opening the app (`enter_agent`) is no reason to say anything: it happens each time. */
function eventAsked(event: string, eventKey: string): Asked {
  switch (event) {
    case 'subscribe':
      return { kind: 'follow', command: undefined };
    case 'unsubscribe':
      return { kind: 'leave' };
    case 'click':
      return { kind: 'words', text: eventKey, tapped: true };
    default:
      return { kind: 'nothing' };
  }
}
