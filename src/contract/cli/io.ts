/** What a command line reads and writes. */
export interface Io {
  stdout: Stream;
  stderr: Stream;
  environment: Readonly<Record<string, string | undefined>>;
}

export interface Stream {
  isTTY?: boolean;
  write(text: string): unknown;
}

export const processIo: Io = { stdout: process.stdout, stderr: process.stderr, environment: process.env };
