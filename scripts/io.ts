import { LINES, printable, secretsGiven } from '../src/contract/cli/output.js';
import { unexpected } from '../src/contract/exit/unexpected.js';

/** Where a command writes: a process, or a test. */
export interface Io {
  stdout: Stream;
  stderr: Stream;
}

interface Stream {
  write(text: string): unknown;
}

/** All that a command writes passes here: documents are somebody else's texts. */
export function safeIo({ stdout, stderr }: Io): Io {
  return { stdout: through(stdout), stderr: through(stderr) };
}

function through(stream: Stream): Stream {
  return { write: (text) => stream.write(printable(text, LINES)) };
}

type ErrorClass = abstract new (...args: never[]) => Error;

/**
 * Says why a command failed: with a message for what the user can fix, and with one line for our own mistakes.
 *
 * @param expected Classes of errors that the user can fix. Wrong options are always included.
 * @returns the exit code.
 */
export function refuse(command: string, error: unknown, io: Io, expected: readonly ErrorClass[]): 2 {
  const { message, code }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  const isExpected =
    expected.some((kind) => error instanceof kind) || code?.startsWith('ERR_PARSE_ARGS') === true;
  const { hide } = secretsGiven(process.env, process.argv);
  io.stderr.write(
    printable(hide(`${command}: ${isExpected ? message : unexpected(error, process.env)}\n`), LINES),
  );
  return 2;
}
