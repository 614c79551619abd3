import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readingNotes, vendoredDocument } from '../../document/index.js';
import { inert, inertLines } from '../../text/words.js';
import { wrap } from '../../text/wrap.js';
import type { Contract } from '../model/contract.js';
import { rules } from '../rules.js';
import { loadContract } from '../schema/load-contract.js';
import { checkCommand } from './check.js';
import { compareCommand } from './compare.js';
import { HELP } from './help.js';
import { type Io, processIo, widthOf } from './io.js';
import { readArguments } from './options.js';
import { type Outlet, outlet } from './output.js';
import { isExpected, reported } from './reported.js';
import { explainRule, listRules } from './rules.js';
import { verifyCommand } from './verify.js';

/**
 * Runs the command line, and returns the exit code.
 *
 * @param load reads the document; a caller that runs many command lines in one process can avoid reading it each time.
 */
export async function main(
  args: readonly string[],
  given: Io = processIo,
  load: typeof loadContract = loadContract,
): Promise<number> {
  const io = outlet(given, args);
  try {
    return await dispatch(args, io, load);
  } catch (error) {
    if (!isExpected(error)) throw error;
    io.stderr.write(`${wrap(inertLines(error.message), widthOf(io.stderr))}\n`);
    return 2;
  }
}

async function dispatch(args: readonly string[], io: Outlet, load: typeof loadContract): Promise<number> {
  const print = (text: string) => {
    io.stdout.write(text);
    return 0;
  };
  const options = readArguments(args);
  if (options.help) return print(HELP);
  if (options.version) return print(`${version()}\n`);
  if (options['list-rules']) return print(listRules(rules));
  if (options.explain !== undefined) return print(explainRule(rules, options.explain));
  const file = options.spec ?? vendoredDocument();
  const contract = async () => noted(await load(file), io);
  if (options.command === 'compare') return compareCommand(options, await contract(), io);
  const command = options.command === 'verify' ? verifyCommand : checkCommand;
  return reported(options, file, io, async (results, since) =>
    command(options, await contract(), rules, io, results, since),
  );
}

/** Prints what had to be changed or added when the document was read. */
function noted(contract: Contract, io: Io): Contract {
  for (const note of readingNotes(contract.document)) io.stderr.write(`${wrap(inert(`Note: ${note}`))}\n`);
  return contract;
}

function version(): string {
  const manifest = join(dirname(dirname(vendoredDocument())), 'package.json');
  return String(JSON.parse(readFileSync(manifest, 'utf8')).version);
}
