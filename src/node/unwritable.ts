import { ConfigurationError } from '../client/errors/configuration-error.js';

/** Error codes of a full disk, or of a quota on it. */
const FULL = /^(ENOSPC|EDQUOT)$/;

/**
 * The error for a file that can't be written.
 *
 * @param option the option that names its path
 */
export function unwritable(option: string, path: string, error: unknown): ConfigurationError {
  const { code = '' } = error as NodeJS.ErrnoException;
  const fix = FULL.test(code) ? 'make room on its disk' : 'give a path that can';
  return new ConfigurationError(`${option}: ${path} can't be written (${code}); ${fix}`);
}

/** Whether the operating system refused something, such as to write a file. */
export function isSystemError(error: unknown): boolean {
  const { code, syscall } = Object(error) as NodeJS.ErrnoException;
  return typeof code === 'string' && typeof syscall === 'string';
}
