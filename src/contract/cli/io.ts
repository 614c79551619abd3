/** Input and output of a command line. */
export interface Io {
  stdout: Stream;
  stderr: Stream;
  environment: Readonly<Record<string, string | undefined>>;
}

export interface Stream {
  isTTY?: boolean;
  /** Width of a terminal. */
  columns?: number;
  write(text: string): unknown;
}

export const processIo: Io = { stdout: process.stdout, stderr: process.stderr, environment: process.env };

/** Columns to use: the terminal's, or 80 if there is none. */
export function widthOf({ columns }: Stream): number {
  return columns !== undefined && columns >= 40 ? columns : 80;
}
