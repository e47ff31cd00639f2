/** Writes what is there at the time of writing, never twice at once. */
export interface GatheredWriter {
  /** Resolves when what is there now is written. */
  write(): Promise<void>;
  /** Sees it written soon: at once, or together with others under load. */
  note(): void;
}

export interface GatheredWriterParts {
  /** Writes what is there when it is called. */
  readonly put: () => Promise<void>;
  /** Resolves some milliseconds later. */
  readonly wait: () => Promise<void>;
  /** Whether even what is waited for should come together with more. */
  readonly busy: () => boolean;
}

export function createGatheredWriter({ put, wait, busy }: GatheredWriterParts): GatheredWriter {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let noted = false;
  let gathering = false;

  const begin = (): Promise<void> => {
    noted = false;
    current = put().finally(() => {
      current = undefined;
    });
    return current;
  };

  const write = (): Promise<void> => {
    // One that has not begun yet will write this too.
    if (next !== undefined) return next;
    if (current === undefined && !busy()) return begin();
    next = (busy() ? wait() : Promise.resolve()).then(async () => {
      await current?.catch(() => {});
      next = undefined;
      return begin();
    });
    return next;
  };

  const gather = async (): Promise<void> => {
    while (noted) {
      // What cannot be written now is written with the next; until then a crash has it handled again.
      await write().catch(() => {});
      await wait();
    }
    gathering = false;
  };

  return {
    write,
    note: () => {
      noted = true;
      if (gathering) return;
      gathering = true;
      void gather();
    },
  };
}
