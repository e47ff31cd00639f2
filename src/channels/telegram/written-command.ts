import { type Command, commandNames } from '../../message/command.ts';

/** A command in one line, such as `search:2:LoRA`. */
export function writeCommand({ name, page, argument }: Command): string {
  return `${name}:${page}:${argument}`;
}

/** The inverse of `writeCommand`; undefined for any other text, also for commands that there are no longer. */
export function readCommand(written: string): Command | undefined {
  const [, word, page, argument] = /^([a-z]+):(\d{1,9}):(.*)$/su.exec(written) ?? [];
  const name = commandNames.find((known) => known === word);
  return name && argument !== undefined ? { name, page: Number(page), argument } : undefined;
}
