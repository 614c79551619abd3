import { CannotRun } from '../errors.js';
import type { Contract } from '../model/contract.js';
import type { CheckResult } from '../model/result.js';
import type { Rule } from '../model/rule.js';
import { verifyHar } from '../recorded/verify-har.js';
import type { Since } from '../report/since.js';
import { conforms, resultOf } from '../run/result.js';
import { documentFaults } from '../schema/document-faults.js';
import { recordedTarget } from '../targets/recorded.js';
import { count } from '../text/words.js';
import { wrap } from '../text/wrap.js';
import { acceptedDeviations } from './accepted-file.js';
import type { Io } from './io.js';
import type { Arguments } from './options.js';
import { printResult } from './reported.js';

/** Checks recorded traffic without sending anything, adds the results to the reports, and returns the exit code. */
export async function verifyCommand(
  args: Arguments,
  contract: Contract,
  rules: readonly Rule[],
  io: Io,
  results: CheckResult[],
  since: Since | undefined,
): Promise<number> {
  const accepted = await acceptedDeviations(args.accept, contract, rules);
  for (const file of args.files) {
    const started = performance.now();
    const { exchanges, judgements, unknown, skipped } = await verifyHar(file, contract, rules);
    const operations = contract.operations.filter((one) =>
      exchanges.some(({ operation }) => operation === one),
    );
    const result = resultOf({
      contract,
      rules,
      target: recordedTarget(file),
      operations,
      judgements,
      exchanges,
      faults: documentFaults(contract),
      requests: exchanges.length,
      seconds: (performance.now() - started) / 1000,
      strict: args.strict,
      accepted,
      requireCoverage: false,
      complete: false,
    });
    results.push(result);
    printResult(result, args, io, since);
    tellLeftOut(unknown, `of no operation of the document`, args.verbose, io);
    tellLeftOut(skipped, 'without an answer that can be read', args.verbose, io);
  }
  const nothing = results.find(({ requests }) => requests === 0);
  if (nothing) {
    throw new CannotRun(
      `No recorded request of ${nothing.target.title} is one of the document: nothing was verified. ` +
        '--spec names another document, --verbose lists the requests.',
    );
  }
  return results.every(conforms) ? 0 : 1;
}

function tellLeftOut(names: readonly string[], why: string, verbose: boolean, io: Io): void {
  if (names.length === 0) return;
  io.stdout.write(`– ${count(names.length, 'recorded request')} ${why}\n`);
  if (verbose) for (const name of names) io.stdout.write(`${wrap(name, 80, '    ')}\n`);
}
