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
  violations: Violation[];
  notes: Violation[];
  /** What the mock can't do; this fails nothing. */
  limits: Limit[];
  accepted: { violation: Violation; entry: Accepted }[];
  /** Faults of the document itself, whichever server answers. */
  faults: readonly DocumentFault[];
  verdicts: Verdict[];
  coverage: OperationCoverage[];
  /** Number of checks that weren't covered although all had to be. */
  missing: number;
  /** What ended the run early; absent if it was completed. */
  incomplete?: Incomplete;
  /** A run that ended early may still conform. */
  allowIncomplete?: boolean;
  /** What came of generated values; absent where none were sent. */
  fuzzed?: Fuzzed;
  requests: number;
  seconds: number;
  /** Recorded requests that weren't judged; absent if requests were sent. */
  leftOut?: readonly LeftOut[];
  /** Takes out of reports what they must not show. */
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
  text(text: string): string;
  /** Redacts a value in a finding: JSON, or text that contains some. */
  value(text: string): string;
  /** The text without what is secret in this run, and otherwise as it is. */
  hide(text: string): string;
  /** What was found at a place of an answer, `header Link` or `body /0/name`, which may be one that is not shown. */
  found(where: string, found: string): string;
  sent(sent: Sent): Shown;
  request(request: WireRequest): Shown['request'];
}

/** An exchange as reports show it. */
export interface Shown {
  number: number;
  name: string;
  request: { method: string; url: string; headers: Record<string, string>; body?: string };
  response: { status: number; headers: Record<string, string>; body: string };
}
