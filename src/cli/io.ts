/** What a command reads and writes. */
export interface Io {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Stream {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}
