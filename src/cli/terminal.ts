/** What a command may touch of the terminal that it runs in. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Where relative paths and `.env` are looked for. */
  readonly folder: string;
}

/** Says with which code the process is to end, where that is not 0. */
export type SetExitCode = (code: 0 | 1 | 2) => void;
