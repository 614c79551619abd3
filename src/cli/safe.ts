import { LINES, printable, secretsGiven, through } from '../contract/cli/output.js';
import type { Io, Stream } from './io.js';

/**
 * Wraps a command's output: hides the secrets that the command was given, and makes text from a server harmless to a
 * terminal or CI system. Output to a file or another program is data, and stays as it is.
 */
export function safeIo(io: Io, args: readonly string[]): Io {
  const safe = (stream: Stream, given: readonly string[]) => {
    const { hide } = secretsGiven(io.environment, given);
    return through(stream, (text) => printable(hide(text), LINES));
  };
  // A dry run shows a command that can be run, so its arguments stay as they are.
  return { ...io, stderr: safe(io.stderr, args), stdout: io.stdout.isTTY ? safe(io.stdout, []) : io.stdout };
}
