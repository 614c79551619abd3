import { cut } from '../../client/exit/redactor.js';
import { inertLines } from '../../text/words.js';

/**
 * What a command says of an error that it did not expect: one line, and where it came from for who asks for it with
 * `EV_ENERGY_LOG=debug`. Neither holds what the error has beside its message: that may be a whole request.
 */
export function unexpected(
  error: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (isFileError(error))
    return `${inertLines(error.message)}. Look at the path, its permissions and the space on its disk.`;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (environment.EV_ENERGY_LOG === 'debug' && error instanceof Error && error.stack)
    return inertLines(error.stack);
  return `Something went wrong that was not expected: ${inertLines(cut(message, MOST))}\nEV_ENERGY_LOG=debug shows where.`;
}

/** Whether the file system refused something: no fault of ours, and the message names the path, or the disk is full. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error)) return false;
  const { code, syscall, path }: NodeJS.ErrnoException = error;
  return typeof code === 'string' && typeof syscall === 'string' && (path !== undefined || code === 'ENOSPC');
}

/** Characters of a message. */
const MOST = 2_000;
