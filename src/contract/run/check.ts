import type { Operation } from '../../document/index.js';
import { CannotRun } from '../errors.js';
import { Budget } from '../exchange/budget.js';
import { clientTransport } from '../exchange/client-transport.js';
import { Session } from '../exchange/session.js';
import type { Sent } from '../model/exchange.js';
import type { Rule } from '../model/rule.js';
import type { Target } from '../model/target.js';
import { Ids, requireKnownIds } from '../probe/ids.js';
import { Redactor, secretsOf } from '../report/redact.js';
import type { Contract } from '../schema/contract.js';
import { type DocumentFault, documentFaults } from '../schema/document-faults.js';
import type { Accepted } from './accepted.js';
import { type Conclusion, conclude } from './conclude.js';
import { coverageOf, type OperationCoverage } from './coverage.js';
import { inapplicable } from './inapplicable.js';
import { type RunOptions, run } from './run.js';
import type { Verdict } from './verdicts.js';

export interface CheckOptions {
  contract: Contract;
  rules: readonly Rule[];
  target: Target;
  /** Default: all of the document. */
  operations?: readonly Operation[];
  /** Values for parameters, by name. */
  ids?: ReadonlyMap<string, string>;
  budget?: Budget;
  /** Milliseconds that an answer may take. Default 30,000. */
  timeout?: number;
  /** Notes are violations too. */
  strict?: boolean;
  accepted?: readonly Accepted[];
  exhaust?: boolean;
  /** What isn't covered doesn't conform. */
  requireCoverage?: boolean;
  onStep?: RunOptions['onStep'];
  onSent?: (sent: Sent) => void;
}

/** What a run against one target came to. */
export interface CheckResult extends Conclusion {
  contract: Contract;
  rules: readonly Rule[];
  target: Target;
  operations: readonly Operation[];
  /** Faults of the document itself, whichever server answers. */
  faults: DocumentFault[];
  verdicts: Verdict[];
  coverage: OperationCoverage[];
  /** Checks that are not covered although all were required to be. */
  missing: number;
  requests: number;
  seconds: number;
  /** Takes out of reports what they must not show. */
  redact: Redactor;
}

/**
 * Checks one target against a contract.
 *
 * @throws CannotRun when nothing could be checked, the server doesn't answer, or an id names no parameter.
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const { contract, rules, target, timeout = 30_000, operations = contract.operations } = options;
  requireKnownIds(contract, options.ids ?? new Map());
  const session = new Session(contract, target, clientTransport(contract, target.baseUrl, timeout), {
    ids: new Ids(contract, options.ids),
    budget: options.budget ?? new Budget(),
    timeout,
    ...(options.onSent ? { onSent: options.onSent } : {}),
  });
  const redact = new Redactor(secretsOf(target));
  const { findings, verdicts, seconds } = await run({
    session,
    rules,
    operations,
    exhaust: options.exhaust ?? false,
    ...(options.onStep ? { onStep: options.onStep } : {}),
  });
  if (session.exchanges.length === 0) {
    const reason =
      verdicts.all.find(({ state }) => state === 'not-covered')?.reason ?? 'there is nothing to ask for';
    throw new CannotRun(`Nothing could be checked on ${target.title}: ${reason}.`);
  }
  const unspent = verdicts.all.find(
    ({ state, operation }) => state === 'not-covered' && operation === undefined,
  );
  if (options.exhaust && unspent)
    throw new CannotRun(`The rate limit of ${target.title} could not be used up: ${unspent.reason}.`);
  const conclusion = conclude(findings, {
    verdicts,
    redact,
    strict: options.strict ?? false,
    accepted: options.accepted ?? [],
    operations: operations.map(({ id }) => id),
    complete: true,
    inapplicable: inapplicable({ contract, rules, target, verdicts }),
  });
  return {
    contract,
    rules,
    target,
    operations,
    ...conclusion,
    faults: documentFaults(contract),
    verdicts: verdicts.all,
    missing: options.requireCoverage ? verdicts.all.filter(({ state }) => state === 'not-covered').length : 0,
    coverage: coverageOf(operations, session.exchanges),
    requests: session.sent,
    seconds,
    redact,
  };
}

/** Whether a run found nothing that stands, and covered what it was required to. */
export function conforms(result: CheckResult): boolean {
  return result.violations.length === 0 && result.missing === 0;
}
