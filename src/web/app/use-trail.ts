import { useEffect, useState } from 'preact/hooks';
import type { Place } from './starting-place.ts';

/** A place that a view can show, with a heading where it has another than its name. */
export interface View extends Place {
  readonly title?: string;
}

/** Where the reader is, and the ways from there. */
export interface Trail {
  readonly here: View;
  /** Goes on to another place. */
  readonly go: (view: View) => void;
  /** The same step, corrected: a query that is typed on. */
  readonly change: (view: View) => void;
  /** Absent at the root. */
  readonly back: (() => void) | undefined;
}

/** Steps that are remembered. */
const longest = 20;

/**
 * Remembers how the reader came where they are. In a browser its own buttons go back and forward too, and the address
 * names the place, so that it survives a reload and can be passed on; Telegram has a button of its own, and its page
 * stands in the history of another.
 */
export function useTrail(start: Place, inBrowser: boolean): Trail {
  const [trail, setTrail] = useState(() => (inBrowser && keptTrail()) || [start]);
  const here = trail[trail.length - 1] ?? {};

  useEffect(() => {
    if (!inBrowser) return;
    if (!keptTrail()) window.history.replaceState([start], '');
    const moved = () => setTrail(keptTrail() ?? [start]);
    window.addEventListener('popstate', moved);
    return () => window.removeEventListener('popstate', moved);
  }, [inBrowser, start]);

  const step = (next: readonly View[], how: 'pushState' | 'replaceState') => {
    const kept = next.slice(-longest);
    setTrail(kept);
    if (!inBrowser) return;
    try {
      window.history[how](kept, '', addressOf(kept[kept.length - 1] ?? {}));
    } catch {
      // Safari refuses what comes too often, such as each letter of somebody who types fast.
    }
  };
  const before = trail.slice(0, -1);
  const back = () => {
    if (before.length === 0) step([{}], 'replaceState');
    else if (inBrowser) window.history.back();
    else setTrail(before);
  };
  return {
    here,
    go: (view) => step([...trail, view], 'pushState'),
    change: (view) => step([...before, view], 'replaceState'),
    back: before.length === 0 && nameOf(here) === undefined ? undefined : back,
  };
}

function keptTrail(): readonly View[] | undefined {
  const kept: unknown = window.history.state;
  return Array.isArray(kept) && kept.length > 0 ? kept : undefined;
}

/** What the place is called in an address, and by which name. */
function nameOf({ query, category, series, post }: View): readonly [string, string] | undefined {
  const names = Object.entries({ q: query, category, series, post });
  return names.find((one): one is [string, string] => one[1] !== undefined);
}

function addressOf(view: View): string {
  const name = nameOf(view);
  return name ? `?${new URLSearchParams([[...name]])}` : window.location.pathname;
}
