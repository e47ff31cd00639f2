import { nameToEmoji } from 'gemoji';
import type { Span } from './blocks.ts';

/** Collects the spans of one line of text while its tokens or tags pass by. */
export interface SpanBuilder {
  text(text: string, code?: boolean): void;
  lineBreak(): void;
  image(src: string): void;
  openLink(href: string): void;
  closeLink(): void;
  openStrong(): void;
  closeStrong(): void;
  /** All spans so far; the builder starts anew. */
  take(): Span[];
}

interface OpenLink {
  readonly href: string;
  text: string;
  readonly images: string[];
  strong: boolean;
}

export function createSpanBuilder(): SpanBuilder {
  let spans: Span[] = [];
  let strong = 0;
  let link: OpenLink | undefined;

  /** The parser parts a text at escapes and entities; to a reader it is one. */
  const addText = (text: string, code: boolean) => {
    const last = spans.at(-1);
    const isStrong = strong > 0;
    if (last?.kind === 'text' && !code && !last.code && last.strong === isStrong) {
      spans[spans.length - 1] = { ...last, text: last.text + text };
    } else spans.push({ kind: 'text', text, strong: isStrong, code });
  };

  const closeLink = () => {
    if (!link) return;
    const { href, text, images, strong: isStrong } = link;
    link = undefined;
    for (const src of images) spans.push({ kind: 'image', src, linked: text.trim() === '' });
    if (text.trim() !== '' || images.length === 0)
      spans.push({ kind: 'link', text: tidy(text), href, strong: isStrong || strong > 0 });
  };

  return {
    text(text, code = false) {
      const shown = code ? text : withEmoji(text);
      if (link) link.text += shown;
      else if (shown !== '') addText(shown, code);
    },
    lineBreak() {
      if (link) link.text += ' ';
      else spans.push({ kind: 'break' });
    },
    image(src) {
      if (link) link.images.push(src);
      else spans.push({ kind: 'image', src, linked: false });
    },
    openLink(href) {
      closeLink();
      link = { href, text: '', images: [], strong: strong > 0 };
    },
    closeLink,
    openStrong() {
      strong += 1;
      if (link?.text === '') link.strong = true;
    },
    closeStrong() {
      strong = Math.max(0, strong - 1);
    },
    take() {
      closeLink();
      const taken = spans;
      spans = [];
      strong = 0;
      return taken;
    },
  };
}

function withEmoji(text: string): string {
  return text.includes(':')
    ? text.replace(/:([a-z0-9_+-]{1,40}):/g, (whole, name: string) =>
        Object.hasOwn(nameToEmoji, name) ? (nameToEmoji[name] ?? whole) : whole,
      )
    : text;
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
