import { printable } from '../src/contract/cli/output.js';

/** Where a command writes: a process, or a test. */
export interface Io {
  stdout: Stream;
  stderr: Stream;
}

interface Stream {
  write(text: string): unknown;
}

type ErrorClass = abstract new (...args: never[]) => Error;

/**
 * Says why a command failed: with a message for what the user can fix, with the stack for our own mistakes.
 *
 * @param expected Classes of errors that the user can fix. Wrong options are always included.
 * @returns the exit code.
 */
export function refuse(command: string, error: unknown, io: Io, expected: readonly ErrorClass[]): 2 {
  const { message, stack, code }: NodeJS.ErrnoException =
    error instanceof Error ? error : new Error(String(error));
  const isExpected =
    expected.some((kind) => error instanceof kind) || code?.startsWith('ERR_PARSE_ARGS') === true;
  io.stderr.write(printable(`${command}: ${isExpected ? message : (stack ?? message)}\n`));
  return 2;
}
