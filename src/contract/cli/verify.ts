import { CannotRun } from '../errors.js';
import type { Rule } from '../model/rule.js';
import { verifyHar } from '../recorded/verify-har.js';
import { Redactor } from '../report/redact.js';
import { wantsColours } from '../report/terminal/paint.js';
import { terminalReport } from '../report/terminal/terminal.js';
import { type CheckResult, conforms } from '../run/check.js';
import { conclude } from '../run/conclude.js';
import { coverageOf } from '../run/coverage.js';
import type { Contract } from '../schema/contract.js';
import { documentFaults } from '../schema/document-faults.js';
import { recordedTarget } from '../targets/recorded.js';
import { count } from '../text/words.js';
import { wrap } from '../text/wrap.js';
import { acceptedDeviations } from './accepted-file.js';
import type { Io } from './io.js';
import type { Arguments } from './options.js';

/** Checks recorded traffic without sending anything and enters the results; gives the exit code. */
export async function verifyCommand(
  args: Arguments,
  contract: Contract,
  rules: readonly Rule[],
  io: Io,
  results: CheckResult[],
): Promise<number> {
  const accepted = await acceptedDeviations(args.accept, contract, rules);
  for (const file of args.files) {
    const started = performance.now();
    const { exchanges, findings, verdicts, unknown, skipped } = await verifyHar(file, contract, rules);
    const operations = contract.operations.filter((one) =>
      exchanges.some(({ operation }) => operation === one),
    );
    const redact = new Redactor();
    const ids = operations.map(({ id }) => id);
    const { strict } = args;
    const rest = { verdicts, redact, strict, accepted, operations: ids, complete: false };
    const result: CheckResult = {
      contract,
      rules,
      target: recordedTarget(file),
      operations,
      ...conclude(findings, rest),
      faults: documentFaults(contract),
      verdicts: verdicts.all,
      coverage: coverageOf(operations, exchanges),
      missing: 0,
      requests: exchanges.length,
      seconds: (performance.now() - started) / 1000,
      redact,
    };
    results.push(result);
    const colours = wantsColours(io.stdout, io.environment);
    io.stdout.write(terminalReport(result, { colours, verbose: args.verbose }));
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
