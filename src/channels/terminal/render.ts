import { styleText } from 'node:util';
import stringWidth from 'string-width';
import { withoutHidden } from '../../conversation/clean-text.ts';
import type { Say } from '../../conversation/phrases/phrases.ts';
import { type Card, type MarkedText, plain } from '../../message/card.ts';
import type { Action, Message } from '../../message/message.ts';
import { wrap } from './wrap.ts';

export interface TerminalStyle {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
  /** Whether the terminal knows OSC 8 links; urls are always written out. */
  readonly hyperlinks: boolean;
  /** Whether someone chooses by number: else buttons stand as the words that do the same, and page keys are left out. */
  readonly interactive: boolean;
  readonly say: Say;
}

type Format = Parameters<typeof styleText>[0];

const margin = '  ';

/** Lines longer than this are hard to read, however wide the window. */
const widest = 100;

/** A message as text for a terminal, ending in a line break. No control character of a catalog or a reader gets through. */
export function renderTerminal(message: Message, style: TerminalStyle): string {
  const blocks = [
    linesOf(message.text, '', style, []),
    ...message.cards.map((card, at) => cardLines(card, markerOf(message, at), style)),
    linesOf(message.footer ?? '', margin, style, ['dim']),
    style.interactive ? actionLines(message, style) : typedActionLines(message),
    pageLines(message, style),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** The buttons of a message in the order of their numbers in the terminal, from 1. */
export function choicesOf(message: Message): readonly Action[] {
  return message.actions.flat();
}

/** Wide enough for every rank of the message, so that the titles stand in one column. */
function markerOf({ cards, firstRank }: Message, at: number): string {
  if (firstRank === undefined) return `${margin}${cards.length > 1 ? '•' : ''}`.padEnd(4);
  const widestRank = `${firstRank + cards.length - 1}. `.length;
  return `${margin}${`${firstRank + at}. `.padStart(widestRank)}`;
}

function cardLines(card: Card, marker: string, style: TerminalStyle): string[] {
  const indent = ' '.repeat(marker.length);
  const place = [card.category.join(' / '), (card.date ?? '').slice(0, 10)].filter((part) => part !== '').join(' · ');
  const title = markedLines(card.title, indent, style, ['bold']);
  const [first = '', ...rest] = title;
  return [
    `${marker}${first.slice(indent.length)}`,
    ...rest,
    ...linesOf(place, indent, style, ['dim']),
    ...markedLines(card.snippet, indent, style, []),
    `${indent}${link(card.url, style)}`,
  ];
}

/** The rows of buttons, numbered through: `>2` chooses the second. Two share a line, in columns, where all pairs fit. */
function actionLines(message: Message, style: TerminalStyle): string[] {
  let number = 0;
  const rows = message.actions.map((row) =>
    row.map((action) => {
      number += 1;
      return { key: `>${number}`, label: withoutHidden(action.label) };
    }),
  );
  const column = Math.max(0, ...rows.map(([first, second]) => (first && second ? stringWidth(first.label) : 0)));
  const gap = '   ';
  const widthOf = (row: (typeof rows)[number]) =>
    row.reduce((sum, { key, label }) => sum + key.length + 1 + Math.max(stringWidth(label), column) + gap.length, 0);
  const fit = rows.every((row) => row.length < 2 || margin.length + widthOf(row) <= columnsOf(style));

  return rows.flatMap((row) => {
    const paintKey = (key: string) => paint(key, ['cyan'], style);
    if (!fit || row.length < 2) {
      return row.flatMap(({ key, label }) =>
        hanging(`${margin}${paintKey(key)} `, margin.length + key.length + 1, label, style),
      );
    }
    const cells = row.map(
      ({ key, label }) => `${paintKey(key)} ${label}${' '.repeat(Math.max(column - stringWidth(label), 0))}`,
    );
    return [`${margin}${cells.join(gap)}`.trimEnd()];
  });
}

/** A text behind a sign, its further lines under the first. */
function hanging(sign: string, indent: number, text: string, style: TerminalStyle): string[] {
  const [first = '', ...rest] = markedLines(plain(text), ' '.repeat(indent), style, []);
  return [`${sign}${first.slice(indent)}`, ...rest];
}

/** What to type in place of each button. */
function typedActionLines(message: Message): string[] {
  return choicesOf(message).map((action) => {
    const typed = 'url' in action ? action.url : `/${action.command.name} ${action.command.argument}`;
    return `${margin}${withoutHidden(`${action.label}: ${typed}`).trimEnd()}`;
  });
}

function pageLines({ page }: Message, style: TerminalStyle): string[] {
  if (!page) return [];
  const { say, interactive } = style;
  const place = say('terminal-page', { number: page.index + 1, count: page.count });
  const keys = [
    ...(page.previous ? [`${paint('p', ['cyan'], style)} ${say('terminal-previous')}`] : []),
    ...(page.next ? [`${paint('n', ['cyan'], style)} ${say('terminal-next')}`] : []),
  ];
  return [[`${margin}${paint(place, ['dim'], style)}`, ...(interactive ? keys : [])].join('   ')];
}

function columnsOf({ width }: TerminalStyle): number {
  return Math.min(width, widest);
}

function linesOf(text: string, indent: string, style: TerminalStyle, format: Format): string[] {
  if (text === '') return [];
  return text.split('\n').flatMap((line) => (line === '' ? [''] : markedLines(plain(line), indent, style, format)));
}

function markedLines({ text, marks }: MarkedText, indent: string, style: TerminalStyle, format: Format): string[] {
  return wrap(text, columnsOf(style) - indent.length).map((line) => {
    const borders = marks.flatMap(({ start, end }) => [start, end]).filter((at) => at > line.start && at < line.end);
    const cuts = [line.start, ...borders, line.end];
    const parts = cuts.slice(1).map((end, at) => {
      const start = cuts[at] ?? end;
      const marked = marks.some((mark) => mark.start <= start && end <= mark.end);
      return paint(withoutHidden(text.slice(start, end)), marked ? ['bold', 'yellow'] : format, style);
    });
    return `${indent}${parts.join('')}`;
  });
}

/** OSC 8, as most terminals of today know it: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda */
function link(url: string, style: TerminalStyle): string {
  const shown = withoutHidden(url);
  const painted = paint(shown, ['blue', 'underline'], style);
  if (!style.hyperlinks || !/^https?:/i.test(shown) || !URL.canParse(shown)) return painted;
  return `\u001b]8;;${new URL(shown).href}\u001b\\${painted}\u001b]8;;\u001b\\`;
}

function paint(text: string, format: Format, style: TerminalStyle): string {
  if (!style.color || text === '' || format.length === 0) return text;
  return styleText(format, text, { validateStream: false });
}
