import type { Operation } from '../../document/index.js';
import { redactor, secretsOfTarget } from '../exit/redactor.js';
import type { Contract, DocumentFault } from '../model/contract.js';
import type { Exchange, Sent } from '../model/exchange.js';
import type { CheckResult, Redactor } from '../model/result.js';
import type { Rule } from '../model/rule.js';
import type { Fuzzed, Incomplete } from '../model/run.js';
import type { Target } from '../model/target.js';
import type { Judgement, Verdict } from '../model/verdict.js';
import type { Accepted, Violation } from '../model/violation.js';
import { applyAccepted } from './accepted.js';
import { coverageOf } from './coverage.js';
import { inapplicable } from './inapplicable.js';
import { partLimits } from './limits.js';
import { Verdicts } from './verdicts.js';

/** What a run or recorded traffic yielded, and how to judge it. */
export interface Judged {
  contract: Contract;
  rules: readonly Rule[];
  target: Target;
  operations: readonly Operation[];
  judgements: readonly Judgement[];
  exchanges: readonly Exchange[];
  /** What is secret besides what the target and the exchanges hold. */
  secrets?: readonly string[];
  /** Faults of the document itself. */
  faults: readonly DocumentFault[];
  fuzzed?: Fuzzed | undefined;
  requests: number;
  seconds: number;
  /** What ended the run early. */
  incomplete?: Incomplete | undefined;
  /** A run that ended early may still conform. */
  allowIncomplete?: boolean;
  /** Treat notes as violations. */
  strict: boolean;
  accepted: readonly Accepted[];
  /** Checks that aren't covered prevent conformance. */
  requireCoverage: boolean;
  /** Whether an accepted deviation that matches nothing is itself wrong; not if only some traffic was seen. */
  complete: boolean;
}

/** Makes the result of a run: separates the findings into violations, notes and accepted deviations. */
export function resultOf(judged: Judged): CheckResult {
  const { contract, rules, target, operations, exchanges, requests, seconds, strict } = judged;
  const { judgements, limits } = partLimits(judged.judgements, target, contract);
  const findings = judgements.flatMap((judgement) => judgement.findings);
  const others = findings.flatMap(({ exchange }) => (exchange ? [exchange] : []));
  const redact = redactor([...secretsOfTarget(target), ...(judged.secrets ?? [])], {
    contract,
    exchanges: new Set<Sent>([...exchanges, ...others]),
  });
  const found = findings
    .map((finding) => safe(finding, redact))
    .sort((a, b) => (a.exchange?.number ?? 0) - (b.exchange?.number ?? 0));
  const verdicts = Verdicts.of(judgements, strict);
  const { standing, accepted } = applyAccepted(
    found.filter(({ note }) => strict || !note),
    judged.accepted,
    acceptedContext(judged, verdicts),
  );
  const spent = secondsSpent(exchanges);
  const final = [...verdicts].map((verdict) => ({
    ...afterAcceptance(verdict, standing, accepted),
    ...(verdict.reason ? { reason: redact.text(verdict.reason) } : {}),
    seconds: spent.get(`${verdict.rule} ${verdict.operation}`) ?? 0,
  }));
  const uncovered = final.filter(({ state }) => state === 'not-covered').length;
  return {
    contract,
    rules,
    target: { ...target, title: redact.text(target.title), baseUrl: redact.text(target.baseUrl) },
    operations,
    violations: standing,
    notes: strict ? [] : found.filter(({ note }) => note),
    limits: limits.map((limit) => safe(limit, redact)),
    accepted,
    faults: judged.faults.map(({ pointer, message }) => ({ pointer, message: redact.text(message) })),
    verdicts: final,
    coverage: coverageOf(operations, exchanges),
    missing: judged.requireCoverage ? uncovered : 0,
    ...(judged.incomplete ? { incomplete: judged.incomplete } : {}),
    allowIncomplete: judged.allowIncomplete ?? false,
    ...(judged.fuzzed ? { fuzzed: judged.fuzzed } : {}),
    requests,
    seconds,
    redact,
  };
}

/** Whether a run has no violations, covered everything required, and was completed. */
export function conforms(result: CheckResult): boolean {
  return result.violations.length === 0 && result.missing === 0 && !isIncomplete(result);
}

/** Whether a run ended early although that isn't allowed. */
export function isIncomplete({ incomplete, allowIncomplete }: CheckResult): boolean {
  return incomplete !== undefined && !allowIncomplete;
}

/** A finding as it may be shown. */
function safe<Found extends Violation>(finding: Found, redact: Redactor): Found {
  const { where, expected, found } = finding;
  return {
    ...finding,
    where: redact.text(where),
    expected: redact.value(expected),
    found: redact.found(where, found),
  };
}

function acceptedContext({ contract, rules, target, operations, complete }: Judged, verdicts: Verdicts) {
  if (!complete) return { looked: () => false, inapplicable: () => undefined };
  return {
    looked: (rule: string, operation: string | undefined) =>
      [undefined, ...operations.map(({ id }) => id)]
        .filter((id) => operation === undefined || id === operation)
        .some((id) => ['kept', 'noted'].includes(verdicts.get(rule, id)?.state ?? '')),
    inapplicable: inapplicable({ contract, rules, target, verdicts }),
  };
}

/** If all violations of a verdict are accepted, the rule no longer counts as broken. */
function afterAcceptance(
  verdict: Verdict,
  standing: readonly Violation[],
  accepted: CheckResult['accepted'],
): Verdict {
  const { rule, operation } = verdict;
  const isOf = (violation: Violation) => violation.rule === rule && violation.operation === operation;
  if (!accepted.some(({ violation }) => isOf(violation)) || standing.some(isOf)) return verdict;
  return { rule, operation, state: 'accepted' };
}

/** How long the requests of each rule took, by rule and operation. */
function secondsSpent(exchanges: readonly Exchange[]): ReadonlyMap<string, number> {
  const spent = new Map<string, number>();
  for (const { probe, operation, response } of exchanges) {
    const key = `${probe.rule} ${operation.id}`;
    spent.set(key, (spent.get(key) ?? 0) + (response.seconds ?? 0));
  }
  return spent;
}
