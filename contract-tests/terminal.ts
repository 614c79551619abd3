import type { Io } from '../src/contract/cli/io.js';
import { main } from '../src/contract/cli/main.js';
import { loadContract } from '../src/contract/index.js';
import { vendoredDocument } from '../src/document/index.js';
import { contract } from './kit.js';

/** What a command line came to. */
export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** In place of the vendored document its part is taken, read and compiled once for all tests. */
const load: typeof loadContract = async (file) =>
  file === vendoredDocument() ? contract : loadContract(file);

/** Runs the command line in this process. */
export async function run(
  args: readonly string[],
  environment: Io['environment'] = {},
  isTTY = false,
): Promise<Finished> {
  const finished = { code: 0, stdout: '', stderr: '' };
  const io = {
    stdout: { isTTY, write: (text: string) => (finished.stdout += text) },
    stderr: { isTTY, write: (text: string) => (finished.stderr += text) },
    environment,
  };
  finished.code = await main(args, io, load);
  return finished;
}
