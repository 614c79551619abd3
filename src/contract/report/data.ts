import { inert, inertLines } from '../../text/words.js';
import type { CheckResult, LeftOut, OperationCoverage, Shown } from '../model/result.js';
import { GROUPS } from '../model/rule.js';
import type { Verdict } from '../model/verdict.js';
import type { Violation } from '../model/violation.js';
import { verdictKey } from '../run/judge.js';
import { conforms } from '../run/result.js';
import { curlOf } from './curl.js';
import { lineOf, shownFile } from './place.js';
import type { Since } from './since.js';

/** Version of the JSON report; it changes if a program that reads the last version would get it wrong. */
export const REPORT_VERSION = 1;

/** A violation or a note. */
export interface ReportFinding {
  /** Id of the rule. */
  rule: string;
  /** Id of the operation; null for the server as a whole. */
  operation: string | null;
  /** Place in the answer: `header Link`, `body /0/name`. */
  where: string;
  /** What the rule asks for, in words. */
  expected: string;
  /** What came, in words or as it was. */
  found: string;
  /** Place in the document: a JSON pointer as a URI fragment (RFC 6901, section 6). */
  pointer: string | null;
  /** Line of that place in the document's file, from 1; null if it isn't known. */
  line: number | null;
  /** Number of the exchange in `exchanges`. */
  exchange: number | null;
  /** Method of the request, if a single answer shows the finding: `GET`. */
  method: string | null;
  url: string | null;
  /** Command that sends the request again, for a POSIX shell; secrets are shell variables. */
  curl: string | null;
  /** Whether it is missing from the `--since` report; absent without one. */
  new?: boolean;
}

/** The result of a rule on an operation. */
export interface ReportVerdict {
  rule: string;
  /** Id of the operation; null for the server as a whole. */
  operation: string | null;
  state: Verdict['state'];
  /** Why it couldn't be checked; null if it was. */
  reason: string | null;
  /** How long the requests that were sent for it took, or its share of them; 0 if it looks at the answers of others. */
  seconds: number;
}

/** The run against one target. */
export interface ReportRun {
  target: { name: string; title: string; baseUrl: string };
  conforms: boolean;
  requests: number;
  /** Number of checks that weren't covered although all had to be. */
  missing: number;
  /** What ended the run early; null if it was completed. */
  incomplete: { sent: number; planned: number; reason: string } | null;
  /** Requests with generated values, and the seed that gives the same again; absent if there were none. */
  generated?: { requests: number; seed: number };
  /** Wall time. */
  seconds: number;
  violations: ReportFinding[];
  notes: ReportFinding[];
  /** What the mock can't do; this fails nothing. */
  limits: (ReportFinding & { limit: string })[];
  /** Accepted deviations: why each is, and its last day: `2026-12-31`. */
  accepted: (ReportFinding & { reason: string; expires: string })[];
  verdicts: ReportVerdict[];
  coverage: OperationCoverage[];
  /** The exchanges that violations and notes refer to. */
  exchanges: Shown[];
  /** Recorded requests that weren't judged. */
  leftOut: LeftOut[];
  /** Violations of the `--since` report that are gone; absent without one. */
  gone?: Pick<ReportFinding, 'rule' | 'operation' | 'where'>[];
}

/** Everything that the reports show, as plain data. */
export interface Report {
  version: typeof REPORT_VERSION;
  /** When the report was made: `2026-11-28T03:12:00.000Z`. */
  date: string;
  conforms: boolean;
  /** Why the run couldn't start or continue; otherwise absent. */
  error?: string;
  /** The document's file, and the title and version in it; empty texts if it couldn't be read. */
  document: { file: string; title: string; version: string };
  /** The `--since` report, and when it was made. */
  since?: { file: string; date: string | null };
  /** Faults of the document itself, whichever server answers. */
  faults: { message: string; pointer: string; line: number | null }[];
  operations: { id: string; method: string; path: string }[];
  rules: { id: string; group: string; title: string; explain: string; source: string }[];
  runs: ReportRun[];
}

/** A run that couldn't continue. */
export interface Failure {
  /** The document's file. */
  file: string;
  /** What was wrong. */
  error: string;
}

/**
 * The results of all targets as plain data, without secrets; after a failure, those obtained so far.
 *
 * @param since an earlier report, to mark what is new.
 */
export function reportOf(results: readonly CheckResult[], failure?: Failure, since?: Since): Report {
  const [first] = results;
  if (!first) {
    if (failure) return failedReport(failure);
    throw new TypeError('a report needs at least one result');
  }
  const { contract, rules } = first;
  const { title, version } = contract.document.info;
  const operations = new Map(results.flatMap((result) => result.operations.map((one) => [one.id, one])));
  const open: Omit<Report, 'rules'> = {
    version: REPORT_VERSION,
    date: new Date().toISOString(),
    conforms: !failure && results.every(conforms),
    ...(failure ? { error: failure.error } : {}),
    document: { file: shownFile(contract.name), title: String(title ?? ''), version: String(version ?? '') },
    ...(since ? { since: { file: since.file, date: since.date } } : {}),
    faults: first.faults.map(({ message, pointer }) => ({
      message,
      pointer,
      line: lineOf(contract, pointer) ?? null,
    })),
    operations: [...operations.values()].map(({ id, method, path }) => ({ id, method, path })),
    runs: results.map((result) => runOf(result, since)),
  };
  const own = [...rules]
    .sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group))
    .map(({ id, group, title: sentence, explain, source }) => ({
      id,
      group,
      title: sentence,
      explain,
      source,
    }));
  // Each run has taken out what was secret in it; what they have in common may hold the secrets of all.
  const hide = (text: string) => results.reduce((shown, { redact }) => redact.hide(shown), text);
  return { ...inertIn(open, hide), rules: own };
}

/** The same data with texts that can be shown: lines are kept in the bodies of exchanges alone. */
function inertIn<T>(value: T, hide: (text: string) => string, name = ''): T {
  if (typeof value === 'string') return (name === 'body' ? inertLines(hide(value)) : inert(hide(value))) as T;
  if (Array.isArray(value)) return value.map((item) => inertIn(item, hide)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [
    inert(hide(key)),
    inertIn(member, hide, key),
  ]);
  return Object.fromEntries(members) as T;
}

function failedReport({ file, error }: Failure): Report {
  return {
    version: REPORT_VERSION,
    date: new Date().toISOString(),
    conforms: false,
    error: inertLines(error),
    document: { file: inert(shownFile(file)), title: '', version: '' },
    faults: [],
    operations: [],
    rules: [],
    runs: [],
  };
}

function runOf(result: CheckResult, since: Since | undefined): ReportRun {
  const { target, violations, notes, limits, accepted, verdicts, fuzzed, redact, leftOut = [] } = result;
  const all = [...violations, ...notes, ...limits, ...accepted.map(({ violation }) => violation)];
  const sent = new Map(all.flatMap(({ exchange }) => (exchange ? [[exchange.number, exchange]] : [])));
  const exchanges = new Map([...sent].map(([number, exchange]) => [number, redact.sent(exchange)]));
  const finding = (violation: Violation) => {
    const shown = violation.exchange && exchanges.get(violation.exchange.number);
    return findingOf(violation, shown, result, since);
  };
  return {
    target: { name: target.name, title: target.title, baseUrl: target.baseUrl },
    conforms: conforms(result),
    requests: result.requests,
    missing: result.missing,
    incomplete: result.incomplete ?? null,
    ...(fuzzed ? { generated: { requests: fuzzed.sent, seed: fuzzed.seed } } : {}),
    seconds: thousandths(result.seconds),
    violations: violations.map(finding),
    notes: notes.map(finding),
    limits: limits.map((one) => ({ ...finding(one), limit: one.limit })),
    accepted: accepted.map(({ violation, entry }) => ({
      ...finding(violation),
      reason: entry.reason,
      expires: entry.expires,
    })),
    verdicts: verdicts.map(({ rule, operation, state, reason, seconds }) => ({
      rule,
      operation: operation ?? null,
      state,
      reason: reason ?? null,
      seconds: thousandths(seconds ?? 0),
    })),
    coverage: result.coverage,
    exchanges: [...exchanges.values()].sort((a, b) => a.number - b.number),
    leftOut: [...leftOut],
    ...(since ? { gone: goneOf(result, since) } : {}),
  };
}

/** Violations of an earlier report that this run has checked for and not found. */
export function goneOf({ target, violations, verdicts }: CheckResult, since: Since): ReportRun['gone'] & {} {
  const looked = new Set(
    verdicts
      .filter(({ state }) => ['kept', 'noted', 'accepted', 'broken'].includes(state))
      .map(({ rule, operation }) => verdictKey(rule, operation)),
  );
  return since
    .gone(target.name, violations)
    .filter(({ rule, operation }) => looked.has(verdictKey(rule, operation)));
}

function findingOf(
  violation: Violation,
  shown: Shown | undefined,
  { contract, target, redact }: CheckResult,
  since: Since | undefined,
): ReportFinding {
  const { rule, operation, where, expected, found, pointer, exchange, unanswered } = violation;
  const sent = exchange ?? unanswered;
  const request = shown?.request ?? (unanswered && redact.request(unanswered.request));
  return {
    rule,
    operation: operation ?? null,
    where,
    expected,
    found,
    pointer: pointer ?? null,
    line: pointer === undefined ? null : (lineOf(contract, pointer) ?? null),
    exchange: exchange?.number ?? null,
    method: request?.method ?? null,
    url: request?.url ?? null,
    curl: sent && request ? curlOf(sent, { request }) : null,
    ...(since ? { new: since.isNew(target.name, violation) } : {}),
  };
}

function thousandths(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
