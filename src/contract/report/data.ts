import type { CheckResult, OperationCoverage, Shown } from '../model/result.js';
import { GROUPS } from '../model/rule.js';
import type { Verdict } from '../model/verdict.js';
import type { Violation } from '../model/violation.js';
import { conforms } from '../run/result.js';
import { lineOf } from '../schema/lines.js';

/** Version of the JSON report: it changes when a reader of the last one would go wrong. */
export const REPORT_VERSION = 1;

export interface ReportFinding {
  rule: string;
  /** Id of the operation; null for the server as a whole. */
  operation: string | null;
  where: string;
  expected: string;
  found: string;
  /** Place in the document. */
  pointer: string | null;
  line: number | null;
  /** Number of the exchange, in `exchanges`. */
  exchange: number | null;
}

export interface ReportRun {
  target: { name: string; title: string; baseUrl: string };
  conforms: boolean;
  requests: number;
  seconds: number;
  violations: ReportFinding[];
  notes: ReportFinding[];
  /** What the mock can't do: it fails nothing. */
  limits: (ReportFinding & { limit: string })[];
  accepted: (ReportFinding & { reason: string; expires: string })[];
  verdicts: { rule: string; operation: string | null; state: Verdict['state']; reason: string | null }[];
  coverage: OperationCoverage[];
  /** Those that violations and notes refer to. */
  exchanges: Shown[];
}

/** All that the reports show, as plain data. */
export interface Report {
  version: typeof REPORT_VERSION;
  conforms: boolean;
  /** Why the run could not go on, or not begin; absent otherwise. */
  error?: string;
  document: { file: string; title: string; version: string };
  faults: { message: string; pointer: string; line: number | null }[];
  operations: { id: string; method: string; path: string }[];
  rules: { id: string; group: string; title: string; explain: string; source: string }[];
  runs: ReportRun[];
}

/** A run that could not go on. */
export interface Failure {
  /** The document's file. */
  file: string;
  /** What was wrong. */
  error: string;
}

/** The results of all targets as plain data, without secrets; with a failure, what there is until then. */
export function reportOf(results: readonly CheckResult[], failure?: Failure): Report {
  const [first] = results;
  if (!first) {
    if (failure) return failedReport(failure);
    throw new TypeError('a report needs at least one result');
  }
  const { contract, rules } = first;
  const { title, version } = contract.document.info;
  const operations = new Map(results.flatMap((result) => result.operations.map((one) => [one.id, one])));
  return {
    version: REPORT_VERSION,
    conforms: !failure && results.every(conforms),
    ...(failure ? { error: failure.error } : {}),
    document: { file: contract.name, title: String(title ?? ''), version: String(version ?? '') },
    faults: first.faults.map(({ message, pointer }) => ({
      message,
      pointer,
      line: lineOf(contract, pointer) ?? null,
    })),
    operations: [...operations.values()].map(({ id, method, path }) => ({ id, method, path })),
    rules: [...rules]
      .sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group))
      .map(({ id, group, title: sentence, explain, source }) => ({
        id,
        group,
        title: sentence,
        explain,
        source,
      })),
    runs: results.map(runOf),
  };
}

function failedReport({ file, error }: Failure): Report {
  return {
    version: REPORT_VERSION,
    conforms: false,
    error,
    document: { file, title: '', version: '' },
    faults: [],
    operations: [],
    rules: [],
    runs: [],
  };
}

function runOf(result: CheckResult): ReportRun {
  const { target, violations, notes, limits, accepted, verdicts, redact } = result;
  const finding = (violation: Violation) => findingOf(violation, result);
  const all = [...violations, ...notes, ...limits, ...accepted.map(({ violation }) => violation)];
  const exchanges = new Map(all.flatMap(({ exchange }) => (exchange ? [[exchange.number, exchange]] : [])));
  return {
    target: { name: target.name, title: target.title, baseUrl: target.baseUrl },
    conforms: conforms(result),
    requests: result.requests,
    seconds: Math.round(result.seconds * 1000) / 1000,
    violations: violations.map(finding),
    notes: notes.map(finding),
    limits: limits.map((one) => ({ ...finding(one), limit: one.limit })),
    accepted: accepted.map(({ violation, entry }) => ({
      ...finding(violation),
      reason: entry.reason,
      expires: entry.expires,
    })),
    verdicts: verdicts.map(({ rule, operation, state, reason }) => ({
      rule,
      operation: operation ?? null,
      state,
      reason: reason ?? null,
    })),
    coverage: result.coverage,
    exchanges: [...exchanges.values()].sort((a, b) => a.number - b.number).map((sent) => redact.sent(sent)),
  };
}

function findingOf(violation: Violation, { contract }: CheckResult): ReportFinding {
  const { rule, operation, where, expected, found, pointer, exchange } = violation;
  return {
    rule,
    operation: operation ?? null,
    where,
    expected,
    found,
    pointer: pointer ?? null,
    line: pointer === undefined ? null : (lineOf(contract, pointer) ?? null),
    exchange: exchange?.number ?? null,
  };
}
