import { type DateContext, dateContextOf } from '../dates.ts';
import { isMetaSection, type SectionFilter } from './sections.ts';

interface Level {
  readonly kind: 'heading' | 'bold' | 'details';
  /** Of headings, 1 to 6. */
  readonly depth: number;
  readonly name: string;
  /** A sole h1 is the catalog's own name; it is no category. */
  readonly hidden: boolean;
  readonly meta: boolean;
  /** What this level and those around it say of year and month. */
  readonly dates: DateContext;
}

/** Where in the document the reader stands, as the headings around it say. */
export interface CategoryPath {
  enterHeading(depth: number, name: string, hidden: boolean): void;
  enterBold(name: string): void;
  enterDetails(): void;
  nameDetails(name: string): void;
  leaveDetails(): void;
  names(): string[];
  /** Whether this part is about the list rather than part of it. */
  isMeta(): boolean;
  dates(): DateContext;
}

/** Nobody folds deeper than this; what is deeper, or never closed, is read as if it stood at this depth. */
const deepestDetails = 20;

export function createCategoryPath(filter: SectionFilter): CategoryPath {
  const levels: Level[] = [];
  /** How many are open beyond the deepest. */
  let beyond = 0;

  const dropWhile = (test: (level: Level) => boolean) => {
    for (let top = levels.at(-1); top && test(top); top = levels.at(-1)) levels.pop();
  };
  const push = (kind: Level['kind'], depth: number, name: string, hidden = false) => {
    const dates = dateContextOf(name, levels.at(-1)?.dates);
    levels.push({ kind, depth, name, hidden, meta: !hidden && isMetaSection(name, filter), dates });
  };

  return {
    enterHeading(depth, name, hidden) {
      dropWhile(({ kind, depth: open }) => kind === 'bold' || (kind === 'heading' && open >= depth));
      push('heading', depth, name, hidden);
    },
    enterBold(name) {
      dropWhile(({ kind }) => kind === 'bold');
      push('bold', 0, name);
    },
    enterDetails() {
      if (levels.filter(({ kind }) => kind === 'details').length < deepestDetails) push('details', 0, '', true);
      else beyond += 1;
    },
    nameDetails(name) {
      const open = levels.findLastIndex(({ kind }) => kind === 'details');
      if (open < 0 || beyond > 0 || name === '') return;
      levels.length = open;
      push('details', 0, name);
    },
    leaveDetails() {
      if (beyond > 0) {
        beyond -= 1;
        return;
      }
      const open = levels.findLastIndex(({ kind }) => kind === 'details');
      if (open >= 0) levels.length = open;
    },
    names: () => levels.filter(({ hidden, name }) => !hidden && name !== '').map(({ name }) => name),
    isMeta: () => levels.some(({ meta }) => meta),
    dates: () => levels.at(-1)?.dates ?? {},
  };
}
