import type { Command } from '../../message/command.ts';
import type { Message } from '../../message/message.ts';
import type { CategoryDocument } from '../../server/category-list.ts';
import type { PageLanguage } from '../words/words.ts';
import { fetchInTime } from './fetch-in-time.ts';

/** What a person says: typed words, or the command of a pressed button. */
export type Input = { readonly text: string } | { readonly command: Command };

/** Why the server gave no answer. */
export type Fault = 'offline' | 'busy' | 'server';

/** The server as the page sees it. */
export interface Api {
  ask(input: Input, language: PageLanguage): Promise<{ readonly message: Message } | { readonly fault: Fault }>;
  categories(): Promise<readonly CategoryDocument[]>;
}

export function createApi(visitor: string): Api {
  return {
    async ask(input, language) {
      try {
        const response = await fetchInTime('/api/chat', {
          method: 'POST',
          headers: { authorization: `Bearer ${visitor}`, 'content-type': 'application/json' },
          body: JSON.stringify({ ...input, language }),
        });
        if (!response.ok) return { fault: response.status === 429 ? 'busy' : 'server' };
        const { message } = (await response.json()) as { message?: Message };
        // A network that wants to be signed in to answers in the server's place.
        return message ? { message } : { fault: 'offline' };
      } catch {
        return { fault: 'offline' };
      }
    },
    async categories() {
      const { categories } = await read<{ categories: CategoryDocument[] }>('/api/categories', { categories: [] });
      return categories;
    },
  };
}

async function read<Document>(path: string, otherwise: Document): Promise<Document> {
  try {
    const response = await fetchInTime(path);
    return response.ok ? ((await response.json()) as Document) : otherwise;
  } catch {
    return otherwise;
  }
}
