import { isRecord, readKeyboard, readText } from '../message-content.ts';
import type { Headings } from './headings.ts';
import type { View } from './views-page.ts';

/** What an inline query offers, and what its first result is when it is sent. */
export function readInlineView(
  typed: string,
  answer: Readonly<Record<string, unknown>> | undefined,
  { inline, chosen }: Headings,
): View[] {
  const results = (Array.isArray(answer?.results) ? answer.results : []).filter(isRecord);
  const offers = results.slice(0, 4).map(({ title, description, thumbnail_url: picture }) => ({
    title: String(title),
    description: String(description ?? ''),
    ...(picture !== undefined && { picture: String(picture) }),
  }));
  const [first] = results;
  const content = isRecord(first?.input_message_content) ? first.input_message_content : {};
  const { text, entities } = readText(content.message_text, content.parse_mode);
  return [
    { heading: inline, said: typed, offers, pictures: offers.flatMap(({ picture }) => picture ?? []) },
    {
      heading: chosen,
      said: '',
      shown: {
        chat: 0,
        messageId: 0,
        at: 0,
        text,
        entities,
        html: '',
        keyboard: readKeyboard(first?.reply_markup),
        preview: content.link_preview_options,
        edits: 0,
        deleted: false,
      },
    },
  ];
}
