import type { CommandDefinition } from './asking.ts';
import { categories } from './commands/categories.ts';
import { category } from './commands/category.ts';
import { help } from './commands/help.ts';
import { latest } from './commands/latest.ts';
import { post } from './commands/post.ts';
import { search } from './commands/search.ts';
import { start } from './commands/start.ts';
import { subscribe } from './commands/subscribe.ts';
import { subscriptions } from './commands/subscriptions.ts';
import { unsubscribe } from './commands/unsubscribe.ts';

/** All commands, in the order in which help and menus list them. A new command is one file and one line here. */
export const definitions: readonly CommandDefinition[] = [
  search,
  latest,
  categories,
  category,
  post,
  subscribe,
  unsubscribe,
  subscriptions,
  help,
  start,
];
