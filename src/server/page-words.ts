import type { Language } from '../subscribers/subscriber.ts';

/** The few words of the pages that the server renders. */
export interface PageWords {
  readonly read: string;
  readonly ask: string;
  readonly links: string;
  readonly relatives: string;
  readonly unknownPost: string;
  readonly unknownPage: string;
  readonly toChat: string;
}

export const pageWords: Readonly<Record<Language, PageWords>> = {
  zh: {
    read: '阅读原文',
    ask: '在聊天里打开',
    links: '相关链接',
    relatives: '相近的文章',
    unknownPost: '没有这篇文章，它可能已经从目录里移走了。',
    unknownPage: '这里没有网页，链接可能不完整。',
    toChat: '去聊天里找找',
  },
  en: {
    read: 'Read the article',
    ask: 'Open in the chat',
    links: 'Links',
    relatives: 'Posts like this',
    unknownPost: 'There is no such post; it may have left the catalog.',
    unknownPage: 'There is no page here; the link may be incomplete.',
    toChat: 'Look for it in the chat',
  },
};
