/** Writes what is there at the time of writing, never twice at once. */
export interface GatheredWriter {
  /** Resolves when what is there now is written. */
  write(): Promise<void>;
  /** Sees it written soon: at once, or together with others under load. */
  note(): void;
}

/**
 * @param put writes what is there when it is called
 * @param wait resolves some milliseconds later
 */
export function createGatheredWriter(put: () => Promise<void>, wait: () => Promise<void>): GatheredWriter {
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
    if (!current) return begin();
    // One that has not begun yet will write this too.
    next ??= current
      .catch(() => {})
      .then(() => {
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
