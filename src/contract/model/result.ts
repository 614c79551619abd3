import type { Operation } from '../../document/index.js';
import type { Contract, DocumentFault } from './contract.js';
import type { Sent, WireRequest } from './exchange.js';
import type { Rule } from './rule.js';
import type { Fuzzed, Incomplete } from './run.js';
import type { Target } from './target.js';
import type { Verdict } from './verdict.js';
import type { Accepted, Limit, Violation } from './violation.js';

/** The result of a run against one target. */
export interface CheckResult {
  contract: Contract;
  rules: readonly Rule[];
  target: Target;
  operations: readonly Operation[];
  /** What breaks a rule, in the order of the exchanges, without accepted deviations. */
  violations: Violation[];
  /** Departures from the document that are allowed, or merely likely; none with `strict`. */
  notes: Violation[];
  /** What the mock can't do; this doesn't fail the run. */
  limits: Limit[];
  /** Violations that an entry of the accepted deviations covers. */
  accepted: { violation: Violation; entry: Accepted }[];
  /** Faults of the document itself, whichever server answers. */
  faults: readonly DocumentFault[];
  /** One for each rule and operation. */
  verdicts: Verdict[];
  coverage: OperationCoverage[];
  /** Number of checks that weren't covered although all had to be. */
  missing: number;
  /** What ended the run early; absent if it was completed. */
  incomplete?: Incomplete;
  /** A run that ended early may still conform. */
  allowIncomplete?: boolean;
  /** The results for generated values; absent if none were sent. */
  fuzzed?: Fuzzed;
  /** Number of requests sent, or recorded. */
  requests: number;
  /** Wall time of the run. */
  seconds: number;
  /** Recorded requests that weren't judged; absent if requests were sent. */
  leftOut?: readonly LeftOut[];
  /** Removes from reports what they must not show. */
  redact: Redactor;
}

/** A recorded request that wasn't judged. */
export interface LeftOut {
  /** `GET https://…` */
  request: string;
  /** Why it wasn't judged: `the recorder kept no body`. */
  reason: string;
}

/** How much of an operation a run has seen. */
export interface OperationCoverage {
  operation: string;
  requests: number;
  statuses: Part;
  parameters: Part;
  expansions: Part;
}

/** Names that the document declares, and those of them that occurred in the run. */
export interface Part {
  declared: string[];
  met: string[];
}

/** Takes secrets and personal data out of what reports show. */
export interface Redactor {
  /** Redacts a text that may hold URLs, names with their values, or JSON. */
  text(text: string): string;
  /** Redacts a value in a finding: JSON, or text that contains some. */
  value(text: string): string;
  /** The text without what is secret in this run, and otherwise as it is. */
  hide(text: string): string;
  /** What was found at a place of an answer, `header Link` or `body /0/name`, which may be one that is not shown. */
  found(where: string, found: string): string;
  /** An exchange with what is secret or personal replaced. */
  sent(sent: Sent): Shown;
  /** A request with what is secret or personal replaced. */
  request(request: WireRequest): Shown['request'];
}

/** An exchange as reports show it. */
export interface Shown {
  number: number;
  name: string;
  request: { method: string; url: string; headers: Record<string, string>; body?: string };
  response: { status: number; headers: Record<string, string>; body: string };
}
