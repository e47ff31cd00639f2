import { UserError } from '../../kernel/errors.ts';
import type { Message } from '../../message/message.ts';
import { hrefOf, longestAddress } from '../tencent/markup.ts';
import { withoutControls } from '../tencent/xml.ts';

/** A template of the account, and which of its fields gets what of a post. */
export interface NoticeTemplate {
  readonly id: string;
  /** The field's name in the template, such as `thing1`, by what goes into it. */
  readonly fields: Partial<Readonly<Record<NoticeValue, string>>>;
}

export const noticeValues = ['title', 'category', 'summary', 'date', 'count'] as const;
export type NoticeValue = (typeof noticeValues)[number];

/**
 * Reads `title=thing1, category=thing2`: what goes into a field, and the field's name in the template.
 *
 * @param variable Where it stands, for the message.
 * @throws UserError that says which part is wrong and how to write it.
 */
export function parseNoticeFields(text: string, variable: string): NoticeTemplate['fields'] {
  const fields: Partial<Record<NoticeValue, string>> = {};
  for (const part of text.split(/[,，\n]/).map((one) => one.trim())) {
    if (part === '') continue;
    const [, name, field] = /^([a-z]+)\s*=\s*([A-Za-z0-9_]+)$/.exec(part) ?? [];
    const value = noticeValues.find((known) => known === name);
    if (!value || field === undefined) {
      throw new UserError(
        `${variable}: write VALUE=FIELD with one of ${noticeValues.join(', ')}, such as title=thing1`,
      );
    }
    fields[value] = field;
  }
  if (Object.keys(fields).length === 0)
    throw new UserError(`${variable}: name at least one field, such as title=thing1`);
  return fields;
}

/** Fields of the `thing` kind take 20 characters, those of other kinds no fewer; a longer value is refused as a whole. */
const longestField = 20;

/** The `data` of a template message or subscription notification, about the first post of an announcement. */
export function noticeData(message: Message, { fields }: NoticeTemplate, now: Date): Record<string, { value: string }> {
  const [card] = message.cards;
  const texts: Record<NoticeValue, string> = {
    title: card?.title.text ?? message.text,
    category: card?.category.join(' / ') ?? '',
    summary: card?.snippet.text ?? '',
    date: (card?.date ?? now.toISOString()).slice(0, 10),
    count: String(Math.max(message.cards.length, 1)),
  };
  return Object.fromEntries(
    noticeValues.flatMap((name) => {
      const field = fields[name];
      return field === undefined ? [] : [[field, { value: cutToCharacters(texts[name]) || '-' }]];
    }),
  );
}

/** Where a tap on the notice leads. */
export function noticeUrl({ cards }: Message): string | undefined {
  const [card] = cards;
  return card && hrefOf(card.url, longestAddress);
}

function cutToCharacters(text: string): string {
  const tidy = withoutControls(text).replace(/\s+/g, ' ').trim();
  const characters = [...tidy];
  return characters.length <= longestField ? tidy : `${characters.slice(0, longestField - 1).join('')}…`;
}
