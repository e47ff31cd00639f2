import type { CommandDefinition } from '../asking.ts';
import { categoryListView } from '../category-list-view.ts';
import { category } from './category.ts';

/** The categories with their counts; with a name, that category. */
export const categories: CommandDefinition = {
  name: 'categories',
  chinese: ['分类'],
  listed: true,
  answer: (asking, command) =>
    command.argument ? category.answer(asking, command) : categoryListView(asking, command),
};
