import type { CallbackMessage } from '../tencent/callback-message.ts';
import type { Talk } from '../tencent/talk.ts';
import { textOf } from '../tencent/xml.ts';
import { commandOfScene } from './scene.ts';

/** What a message or event of an Official Account asks for. */
export type Asked =
  | Talk
  | { readonly kind: 'unfollow' }
  /** Answers to "may we notify you?", by template. */
  | { readonly kind: 'consent'; readonly answers: readonly { readonly template: string; readonly accepted: boolean }[] }
  /** What became of a template message that WeChat had taken. */
  | { readonly kind: 'template-result'; readonly messageId: string; readonly delivered: boolean }
  /** Nothing that a reader wants an answer to. */
  | { readonly kind: 'nothing' };

/** What WeChat writes in place of a sticker (表情), which it passes on as a text. */
const insteadOfSticker = /^\s*[【[]收到不支持的消息类型.{0,20}[】\]]\s*$/;

/** Reads what an Official Account's callback asks for; the types and events are those of WeChat's documentation. */
export function toAsked(message: CallbackMessage): Asked {
  const { element } = message;
  switch (message.type) {
    case 'text': {
      const text = textOf(element, 'Content');
      if (insteadOfSticker.test(text)) return { kind: 'unreadable' };
      return { kind: 'words', text, tapped: textOf(element, 'bizmsgmenuid') !== '' };
    }
    case 'voice': {
      // Empty for accounts without recognition, and for some formats: nothing to search for.
      const text = textOf(element, 'Recognition')
        .trim()
        .replace(/[。.，,！!？?]$/u, '');
      return text === '' ? { kind: 'silent-voice' } : { kind: 'words', text, tapped: false };
    }
    case 'link':
      return { kind: 'link', url: textOf(element, 'Url').trim(), title: textOf(element, 'Title').trim() };
    case 'event':
      return eventAsked(message);
    default:
      return { kind: 'unreadable' };
  }
}

/** WeChat itself is not of one mind about the case of event names. */
function eventAsked({ event, eventKey, element }: CallbackMessage): Asked {
  switch (event.toLowerCase()) {
    case 'subscribe':
      return { kind: 'follow', command: commandOfScene(eventKey.replace(/^qrscene_/, '')) };
    case 'unsubscribe':
      return { kind: 'unfollow' };
    case 'scan':
      return { kind: 'scan', command: commandOfScene(eventKey) };
    case 'click':
      return { kind: 'words', text: eventKey, tapped: true };
    case 'subscribe_msg_popup_event':
    case 'subscribe_msg_change_event':
      return { kind: 'consent', answers: consentsOf(element) };
    case 'templatesendjobfinish':
      return {
        kind: 'template-result',
        messageId: textOf(element, 'MsgID').trim(),
        delivered: textOf(element, 'Status').trim() === 'success',
      };
    default:
      return { kind: 'nothing' };
  }
}

function consentsOf(element: CallbackMessage['element']): { template: string; accepted: boolean }[] {
  return element.children
    .filter(({ name }) => /^SubscribeMsg(Popup|Change)Event$/.test(name))
    .flatMap(({ children }) => children)
    .map((list) => ({
      template: textOf(list, 'TemplateId').trim(),
      accepted: textOf(list, 'SubscribeStatusString').trim() === 'accept',
    }));
}
