import type { Io } from '../src/contract/cli/io.js';
import { main } from '../src/contract/cli/main.js';

/** What a command line came to. */
export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command line in this process. */
export async function run(
  args: readonly string[],
  environment: Io['environment'] = {},
  isTTY = false,
): Promise<Finished> {
  const finished = { code: 0, stdout: '', stderr: '' };
  finished.code = await main(args, {
    stdout: { isTTY, write: (text) => (finished.stdout += text) },
    stderr: { isTTY, write: (text) => (finished.stderr += text) },
    environment,
  });
  return finished;
}
