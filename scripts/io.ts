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
 * Says why a command can't do its work: a message for what a user can mend, the stack for what is our own mistake.
 *
 * @param expected Classes of errors that a user can mend. Wrong options are among them anyway.
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
