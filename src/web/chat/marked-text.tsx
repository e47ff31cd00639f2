import type { ComponentChild } from 'preact';
import type { MarkedText as Marked } from '../../message/card.ts';

/** Text with what answers the query in `<mark>`; set as text, so that markup in it stays text. */
export function MarkedText({ text, marks }: Marked) {
  const parts: ComponentChild[] = [];
  let end = 0;
  for (const mark of marks) {
    parts.push(text.slice(end, mark.start), <mark key={mark.start}>{text.slice(mark.start, mark.end)}</mark>);
    end = mark.end;
  }
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  );
}
