/** What a command line reads and writes. */
export interface Io {
  stdout: Stream;
  stderr: Stream;
  environment: Readonly<Record<string, string | undefined>>;
}

export interface Stream {
  isTTY?: boolean;
  /** Of a terminal. */
  columns?: number;
  write(text: string): unknown;
}

export const processIo: Io = { stdout: process.stdout, stderr: process.stderr, environment: process.env };

/** Columns to write in: those that a terminal has, and 80 elsewhere. */
export function widthOf({ columns }: Stream): number {
  return columns !== undefined && columns >= 40 ? columns : 80;
}
