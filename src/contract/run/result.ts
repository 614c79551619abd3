import { declaredResponse, type Operation } from '../../document/index.js';
import { redactor, secretsOfTarget } from '../exit/redactor.js';
import type { Contract, DocumentFault } from '../model/contract.js';
import type { Exchange, Sent } from '../model/exchange.js';
import type { CheckResult, OperationCoverage, Part, Redactor } from '../model/result.js';
import type { Rule } from '../model/rule.js';
import type { Fuzzed, Incomplete } from '../model/run.js';
import type { Target } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import type { Accepted, Limit, Violation } from '../model/violation.js';
import { takeOutAccepted } from './accepted.js';
import { verdictKey, verdictsOf } from './judge.js';

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
  /** Seconds that the requests for a rule took, by `verdictKey`. Default: those of each exchange for the rule of its probe. */
  spent?: ReadonlyMap<string, number>;
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
  const { judgements, limits } = withoutLimits(judged.judgements, target, contract);
  const findings = judgements.flatMap((judgement) => judgement.findings);
  const others = findings.flatMap(({ exchange }) => (exchange ? [exchange] : []));
  const redact = redactor([...secretsOfTarget(target), ...(judged.secrets ?? [])], {
    contract,
    exchanges: new Set<Sent>([...exchanges, ...others]),
  });
  const found = findings
    .map((finding) => safe(finding, redact))
    .sort((a, b) => (a.exchange?.number ?? 0) - (b.exchange?.number ?? 0));
  const outcome = {
    violations: found.filter(({ note }) => strict || !note),
    accepted: [],
    verdicts: verdictsOf(judgements, strict),
  };
  const { violations, accepted, verdicts } =
    judged.accepted.length > 0 ? takeOutAccepted(outcome, judged) : outcome;
  const { spent = secondsSpent(exchanges) } = judged;
  const final = [...verdicts].map(([key, verdict]) => ({
    ...verdict,
    ...(verdict.reason ? { reason: redact.text(verdict.reason) } : {}),
    seconds: spent.get(key) ?? 0,
  }));
  const uncovered = final.filter(({ state }) => state === 'not-covered').length;
  return {
    contract,
    rules,
    target: { ...target, title: redact.text(target.title), baseUrl: redact.text(target.baseUrl) },
    operations,
    violations: [...violations],
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

/** Takes findings about a mock's limits out of the judgements: neither the document nor a server is at fault. */
function withoutLimits(
  judgements: readonly Judgement[],
  target: Target,
  contract: Contract,
): { judgements: Judgement[]; limits: Limit[] } {
  const limits: Limit[] = [];
  const others = judgements.map((judgement): Judgement => {
    const findings = judgement.findings.filter((finding) => {
      const limit = target.limit?.(finding, contract);
      if (limit !== undefined) limits.push({ ...finding, limit });
      return limit === undefined;
    });
    if (findings.length > 0 || findings.length === judgement.findings.length)
      return { ...judgement, findings };
    const reason = `limit of the mock: ${limits.at(-1)?.limit}`;
    return { ...judgement, findings, unable: { state: 'not-applicable', reason } };
  });
  return { judgements: others, limits };
}

/** Whether a run has no violations, covered everything required, and was completed. */
export function conforms(result: CheckResult): boolean {
  return result.violations.length === 0 && result.missing === 0 && !isIncomplete(result);
}

/** Whether a run ended early although that isn't allowed. */
function isIncomplete({ incomplete, allowIncomplete }: CheckResult): boolean {
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

/** How long what was recorded for each rule took. */
function secondsSpent(exchanges: readonly Exchange[]): ReadonlyMap<string, number> {
  const spent = new Map<string, number>();
  for (const { probe, operation, response } of exchanges) {
    const key = verdictKey(probe.rule, operation.id);
    spent.set(key, (spent.get(key) ?? 0) + (response.seconds ?? 0));
  }
  return spent;
}

/** Which of the document's declarations occurred in a run's requests. */
function coverageOf(operations: readonly Operation[], exchanges: readonly Exchange[]): OperationCoverage[] {
  return operations.map((operation) => {
    const own = exchanges.filter((exchange) => exchange.operation === operation);
    const statuses = new Set(own.map(({ response }) => declaredResponse(operation, response.status)?.status));
    const sent = new Set(
      own.flatMap(({ probe }) => [...probe.query.map(([name]) => name), ...Object.keys(probe.headers)]),
    );
    const { parameter = '', paths = [] } = operation.expansion ?? {};
    const expanded = new Set(
      own.flatMap(({ probe }) =>
        probe.query.filter(([name]) => name === parameter).map(([, value]) => value),
      ),
    );
    const names = operation.parameters.map(({ name }) => name);
    // The client sends the version with each request.
    const carried = new Set(own.flatMap(({ request }) => Object.keys(request.headers)));
    return {
      operation: operation.id,
      requests: own.length,
      statuses: part(
        operation.responses.map(({ status }) => status),
        (status) => statuses.has(status),
      ),
      parameters: part(names, (name) => {
        const inPath = operation.parameters.some((p) => p.name === name && p.in === 'path');
        return inPath ? own.length > 0 : sent.has(name) || carried.has(name.toLowerCase());
      }),
      expansions: part(paths, (path) => expanded.has(path)),
    };
  });
}

function part(declared: string[], isMet: (name: string) => boolean): Part {
  return { declared, met: declared.filter(isMet) };
}
