import { parseArgs } from 'node:util';
import { DocumentError, vendoredDocument } from '../../document/index.js';
import { loadContract } from '../contract.js';
import { CannotRun } from '../faults.js';
import { loadRules } from '../load-rules.js';
import { terminalReport } from '../report/terminal.js';
import { run } from '../run.js';
import { mockTarget } from '../targets/mock.js';
import { fetchTransport } from '../transport.js';

/** Runs the command line; gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await check(args);
  } catch (error) {
    if (!(error instanceof CannotRun) && !(error instanceof DocumentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function check(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { spec: { type: 'string' } } });
  const file = values.spec ?? vendoredDocument();
  const [contract, rules] = await Promise.all([loadContract(file), loadRules()]);
  const target = await mockTarget(file);
  try {
    const result = await run({
      contract,
      rules,
      target,
      transport: fetchTransport,
      operations: contract.operations,
    });
    const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
    process.stdout.write(terminalReport(result, contract, rules, colours));
    return result.violations.length === 0 ? 0 : 1;
  } finally {
    await target.stop();
  }
}
