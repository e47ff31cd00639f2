import type { CommandDefinition } from './asking.ts';
import { announce } from './commands/announce.ts';
import { broadcast } from './commands/broadcast.ts';
import { categories } from './commands/categories.ts';
import { category } from './commands/category.ts';
import { dashboard } from './commands/dashboard.ts';
import { forget } from './commands/forget.ts';
import { help } from './commands/help.ts';
import { latest } from './commands/latest.ts';
import { pause } from './commands/pause.ts';
import { post } from './commands/post.ts';
import { privacy } from './commands/privacy.ts';
import { random } from './commands/random.ts';
import { related } from './commands/related.ts';
import { reload } from './commands/reload.ts';
import { resume } from './commands/resume.ts';
import { search } from './commands/search.ts';
import { series } from './commands/series.ts';
import { settings } from './commands/settings.ts';
import { start } from './commands/start.ts';
import { stats } from './commands/stats.ts';
import { subscribe } from './commands/subscribe.ts';
import { subscriptions } from './commands/subscriptions.ts';
import { unsubscribe } from './commands/unsubscribe.ts';

/** All commands, in the order in which help and menus list them. A new command is one file and one line here. */
export const definitions: readonly CommandDefinition[] = [
  search,
  latest,
  categories,
  category,
  series,
  related,
  random,
  post,
  subscribe,
  unsubscribe,
  subscriptions,
  settings,
  pause,
  resume,
  help,
  privacy,
  forget,
  start,
  announce,
  broadcast,
  stats,
  reload,
  dashboard,
];
