import type { Operation } from '../document/index.js';
import { type Accepted, applyAccepted } from './accepted.js';
import { Budget } from './budget.js';
import { clientTransport } from './client-transport.js';
import type { Contract } from './contract.js';
import { coverageOf, type OperationCoverage } from './coverage.js';
import { type DocumentFault, documentFaults } from './document-faults.js';
import { Ids } from './ids.js';
import type { Sent, Violation } from './model.js';
import { Redactor, secretsOf } from './redact.js';
import type { Rule } from './rule.js';
import { type RunOptions, run } from './run.js';
import { Session } from './session.js';
import type { Target } from './targets/target.js';
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
  onStep?: RunOptions['onStep'];
  onSent?: (sent: Sent) => void;
}

/** What a run against one target came to. */
export interface CheckResult {
  contract: Contract;
  rules: readonly Rule[];
  target: Target;
  operations: readonly Operation[];
  violations: Violation[];
  notes: Violation[];
  accepted: { violation: Violation; entry: Accepted }[];
  /** Faults of the document itself, whichever server answers. */
  faults: DocumentFault[];
  verdicts: Verdict[];
  coverage: OperationCoverage[];
  requests: number;
  seconds: number;
  /** Takes out of reports what they must not show. */
  redact: Redactor;
}

/** Checks one target against a contract. */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const { contract, rules, target, timeout = 30_000, operations = contract.operations } = options;
  const session = new Session(contract, target, clientTransport(contract, target.baseUrl, timeout), {
    ids: new Ids(contract, options.ids),
    budget: options.budget ?? new Budget(),
    timeout,
    ...(options.onSent ? { onSent: options.onSent } : {}),
  });
  const redact = new Redactor(secretsOf(target));
  const {
    findings: raw,
    verdicts,
    seconds,
  } = await run({
    session,
    rules,
    operations,
    exhaust: options.exhaust ?? false,
    ...(options.onStep ? { onStep: options.onStep } : {}),
  });
  const findings = raw.map((finding) => ({ ...finding, found: redact.text(finding.found) }));
  const strict = options.strict ?? false;
  const broken = findings.filter(({ note }) => strict || !note);
  for (const { rule, operation } of broken) verdicts.set(rule, operation, 'broken');
  const { standing, accepted } = applyAccepted(broken, options.accepted ?? [], {
    today: new Date().toISOString().slice(0, 10),
    looked: (rule, operation) =>
      operations
        .filter(({ id }) => operation === undefined || id === operation)
        .some(({ id }) => ['kept', 'noted'].includes(verdicts.get(rule, id)?.state ?? '')),
  });
  for (const { violation } of accepted) {
    const { rule, operation } = violation;
    const stands = standing.some((other) => other.rule === rule && other.operation === operation);
    if (!stands) verdicts.replace(rule, operation, 'accepted');
  }
  return {
    contract,
    rules,
    target,
    operations,
    violations: standing,
    notes: strict ? [] : findings.filter(({ note }) => note),
    accepted,
    faults: documentFaults(contract),
    verdicts: verdicts.all,
    coverage: coverageOf(operations, session.exchanges),
    requests: session.sent,
    seconds,
    redact,
  };
}

/** Whether a run found nothing that stands. */
export function conforms(result: CheckResult): boolean {
  return result.violations.length === 0;
}
