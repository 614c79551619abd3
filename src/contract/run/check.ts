import { CannotRun } from '../errors.js';
import { Budget } from '../exchange/budget.js';
import { clientTransport } from '../exchange/client-transport.js';
import { Line } from '../exchange/line.js';
import { TargetSession } from '../exchange/session.js';
import type { CheckResult } from '../model/result.js';
import type { RunRecord } from '../model/run.js';
import type { Target } from '../model/target.js';
import { Ids, requireKnownIds } from '../probe/ids.js';
import { documentFaults } from '../schema/document-faults.js';
import { type CheckOptions, refuseWrongOptions } from './check-options.js';
import { judge } from './judge.js';
import { resultOf } from './result.js';
import { run } from './run.js';

/**
 * Checks one target against a contract.
 *
 * @throws CannotRun if nothing could be checked, the server doesn't answer, or an id names no parameter.
 * @throws TypeError for an unknown option, RangeError for one with a wrong value; the message names it.
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const { contract, rules, target, fuzz, onPlan, onStep, timeout = 30_000, exhaust = false } = options;
  const operations = options.operations ?? contract.operations;
  refuseWrongOptions(options);
  requireKnownIds(contract, options.ids ?? new Map());
  const line = new Line({
    target,
    transport: clientTransport(contract, target, timeout),
    budget: options.budget ?? new Budget(),
    timeout,
  });
  const session = new TargetSession(contract, target, line, {
    ids: new Ids(contract, options.ids),
    ...(options.onSent ? { onSent: options.onSent } : {}),
  });
  const record = await run({ session, rules, operations, exhaust, fuzz, onPlan, onStep });
  requireAnswers(record, target);
  if (exhaust) requireExhaustion(record, target);
  return resultOf({
    contract,
    rules,
    target,
    operations,
    judgements: judge(record, { contract, target, rules, operations }),
    exchanges: record.exchanges,
    secrets: options.secrets ?? [],
    faults: documentFaults(contract),
    fuzzed: record.fuzzed,
    requests: record.requests,
    spent: record.spent,
    incomplete: record.incomplete,
    allowIncomplete: options.allowIncomplete ?? false,
    seconds: record.seconds,
    strict: options.strict ?? false,
    accepted: options.accepted ?? [],
    requireCoverage: options.requireCoverage ?? false,
    complete: true,
  });
}

function requireAnswers({ exchanges, skipped }: RunRecord, { title }: Target): void {
  if (exchanges.length > 0) return;
  const reason =
    skipped.find(({ state }) => state === 'not-covered')?.reason ?? 'there is nothing to ask for';
  throw new CannotRun(`Nothing could be checked on ${title}: ${reason}.`);
}

function requireExhaustion({ skipped }: RunRecord, { title }: Target): void {
  const unspent = skipped.find(({ state, operation }) => state === 'not-covered' && operation === undefined);
  if (unspent) throw new CannotRun(`The rate limit of ${title} could not be used up: ${unspent.reason}.`);
}
