import { abortable } from '../client/wait/abort.js';

/** What a command reads and writes. */
export interface Io {
  readonly stdin?: Input | undefined;
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborts at Ctrl-C, and when whoever reads the output has gone. */
  readonly signal: AbortSignal;
}

export interface Input extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean | undefined;
}

export interface Stream {
  readonly isTTY?: boolean;
  /** The width of a terminal. */
  readonly columns?: number;
  write(text: string | Uint8Array): unknown;
  once?(event: 'drain', listener: () => void): unknown;
}

/** The reader of the output has seen enough, as `| head` does. That isn't a failure. */
export class ReaderGone extends Error {}

/** Writes, and waits until a slower reader has caught up. */
export async function write(io: Io, text: string | Uint8Array): Promise<void> {
  const { stdout, signal } = io;
  signal.throwIfAborted();
  if (stdout.write(text) !== false || !stdout.once) return;
  const drained = new Promise<void>((resolve) => {
    stdout.once?.('drain', resolve);
  });
  await abortable(drained, signal);
}

/** The columns to write in: those of the terminal (20 at least), and 80 where there is none. */
export function widthOf({ columns }: Stream): number {
  return columns ? Math.max(columns, 20) : 80;
}

/**
 * Waits until a server has to end: at Ctrl-C, at another signal, or if the output can't be written.
 *
 * @throws the reason of the signal.
 */
export function untilStopped({ signal }: Io): Promise<never> {
  return abortable(new Promise<never>(() => {}), signal);
}
