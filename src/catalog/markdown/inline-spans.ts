import { Parser } from 'htmlparser2';
import type { Token } from 'markdown-it';
import type { Span } from './blocks.ts';
import type { SpanBuilder } from './span-builder.ts';

/**
 * The spans of an `inline` token; soft and hard breaks alike part its lines.
 *
 * @param builder one serves all tokens of a document
 */
export function readInline(token: Token | undefined, builder: SpanBuilder): Span[] {
  const children = token?.children ?? [];
  const isPlain = !children.some(({ type }) => type === 'html_inline');
  if (isPlain) for (const child of children) readers[child.type]?.(child, builder);
  else readWithTags(children, builder);
  return builder.take();
}

function readWithTags(children: readonly Token[], builder: SpanBuilder): void {
  const last = new Map(codeTags.map((name) => [name, children.findLastIndex((child) => closes(child, name))]));
  for (let at = 0; at < children.length; at += 1) {
    const name = codeTags.find((tag) => htmlOf(children[at]).startsWith(`<${tag}`));
    // Where nothing closes it the tag alone is passed over, and each end is looked for once.
    if (name && at < (last.get(name) ?? -1)) while (!closes(children[at], name)) at += 1;
    const child = children[at];
    if (child) readers[child.type]?.(child, builder);
  }
}

/** What stands in these is for no reader. */
const codeTags = ['script', 'style'] as const;

function closes(token: Token | undefined, name: string): boolean {
  return htmlOf(token).startsWith(`</${name}`);
}

function htmlOf(token: Token | undefined): string {
  return token?.type === 'html_inline' ? token.content.toLowerCase() : '';
}

const readers: Readonly<Record<string, (token: Token, builder: SpanBuilder) => void>> = {
  text: (token, builder) => builder.text(token.content),
  text_special: (token, builder) => builder.text(token.content),
  code_inline: (token, builder) => builder.text(token.content, true),
  softbreak: (_, builder) => builder.lineBreak(),
  hardbreak: (_, builder) => builder.lineBreak(),
  link_open: (token, builder) => builder.openLink(String(token.attrGet('href') ?? '')),
  link_close: (_, builder) => builder.closeLink(),
  strong_open: (_, builder) => builder.openStrong(),
  strong_close: (_, builder) => builder.closeStrong(),
  image: (token, builder) => builder.image(String(token.attrGet('src') ?? '')),
  html_inline: (token, builder) => readTag(token.content, builder),
};

function readTag(html: string, builder: SpanBuilder): void {
  if (!/^<\/?(?:a|b|strong|br|img)\b/i.test(html)) return;
  const closes = html.startsWith('</');
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'a' && attributes.href !== undefined) builder.openLink(attributes.href);
      else if (name === 'br') builder.lineBreak();
      else if (name === 'img') builder.image(attributes.src ?? '');
      else if (name === 'b' || name === 'strong') builder.openStrong();
    },
  });
  if (!closes) parser.end(html);
  else if (/^<\/a\b/i.test(html)) builder.closeLink();
  else builder.closeStrong();
}
