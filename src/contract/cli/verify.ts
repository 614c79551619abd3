import { count } from '../../text/words.js';
import { CannotRun } from '../errors.js';
import { Pauses } from '../exit/pauses.js';
import { redactor } from '../exit/redactor.js';
import { endedBySignals } from '../exit/signals.js';
import type { Contract } from '../model/contract.js';
import type { CheckResult, LeftOut } from '../model/result.js';
import type { Rule } from '../model/rule.js';
import { verifyHar } from '../recorded/verify-har.js';
import type { Since } from '../report/since.js';
import { acceptedDeviations } from '../run/accepted-file.js';
import { conforms, resultOf } from '../run/result.js';
import { documentFaults } from '../schema/document-faults.js';
import { recordedTarget } from '../targets/recorded.js';
import type { Arguments } from './options.js';
import type { Outlet } from './output.js';
import { printResult } from './reported.js';

const NO_OPERATION = 'no operation of the document has it';

/** Checks recorded traffic without sending anything, adds the results to the reports, and returns the exit code. */
export async function verifyCommand(
  args: Arguments,
  contract: Contract,
  rules: readonly Rule[],
  io: Outlet,
  results: CheckResult[],
  since: Since | undefined,
): Promise<number> {
  const accepted = await acceptedDeviations(args.accept, contract, rules);
  const nothing: string[] = [];
  // Each step of a large recording takes seconds.
  const pauses = new Pauses();
  for (const file of args.files) {
    const started = performance.now();
    const { exchanges, judgements, unknown, leftOut, ...found } = await verifyHar(file, contract, rules);
    const secrets = [...found.secrets, ...io.given];
    const notJudged = [...leftOut, ...unknown.map((request) => ({ request, reason: NO_OPERATION }))];
    const shownBy = ({ text }: CheckResult['redact']) =>
      notJudged.map(({ request, reason }) => ({ request: text(request), reason: text(reason) }));
    if (exchanges.length === 0) {
      nothing.push(nothingVerified(file, shownBy(redactor(secrets, { contract }))));
      continue;
    }
    const operations = contract.operations.filter((one) =>
      exchanges.some(({ operation }) => operation === one),
    );
    await pauses.pause();
    const judged = endedBySignals(() =>
      resultOf({
        contract,
        rules,
        target: recordedTarget(file),
        operations,
        judgements,
        exchanges,
        secrets,
        faults: documentFaults(contract),
        requests: exchanges.length,
        seconds: (performance.now() - started) / 1000,
        strict: args.strict,
        accepted,
        requireCoverage: false,
        complete: false,
      }),
    );
    const result = { ...judged, leftOut: shownBy(judged.redact) };
    results.push(result);
    await pauses.pause();
    endedBySignals(() => printResult(result, args, io, since));
    await pauses.pause();
  }
  if (nothing.length > 0) throw new CannotRun(nothing.join('\n'));
  return results.every(conforms) ? 0 : 1;
}

/** Why nothing in a file could be verified, with the reasons of its entries. */
function nothingVerified(file: string, unjudged: readonly LeftOut[]): string {
  if (unjudged.length === 0) return `${file}: nothing was verified, as it holds no requests.`;
  const reasons = new Map<string, number>();
  for (const { reason } of unjudged) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const lines = [...reasons].map(([reason, times]) => `  ${count(times, 'request')}: ${reason}`);
  const known = unjudged.some(({ reason }) => reason !== NO_OPERATION);
  const advice = known
    ? "Record it anew, with the bodies ('Save all as HAR with content', Playwright's recordHar with content 'embed')."
    : '--spec names another document.';
  return [`${file}: nothing was verified.`, ...lines, advice].join('\n');
}
