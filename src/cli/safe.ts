import { LINES, printable, secretsGiven, through } from '../contract/cli/output.js';
import type { Io, Stream } from './io.js';

/**
 * Wraps a command's output: hides the secrets that the command was given, and makes text from a server harmless to a
 * terminal or CI system. Output to a file or another program is data, and stays as it is.
 */
export function safeIo(io: Io, args: readonly string[]): Io {
  const { hide } = secretsGiven(io.environment, args);
  const safe = (stream: Stream) => through(stream, (text) => printable(hide(text), LINES));
  return { ...io, stderr: safe(io.stderr), stdout: io.stdout.isTTY ? safe(io.stdout) : io.stdout };
}
