import type { Operation } from '../../document/index.js';
import type { Contract, DocumentFault } from './contract.js';
import type { Sent } from './exchange.js';
import type { Rule } from './rule.js';
import type { Incomplete } from './run.js';
import type { Target } from './target.js';
import type { Verdict } from './verdict.js';
import type { Accepted, Limit, Violation } from './violation.js';

/** What a run against one target came to. */
export interface CheckResult {
  contract: Contract;
  rules: readonly Rule[];
  target: Target;
  operations: readonly Operation[];
  violations: Violation[];
  notes: Violation[];
  /** What the mock can't do: it fails nothing. */
  limits: Limit[];
  accepted: { violation: Violation; entry: Accepted }[];
  /** Faults of the document itself, whichever server answers. */
  faults: readonly DocumentFault[];
  verdicts: Verdict[];
  coverage: OperationCoverage[];
  /** Checks that are not covered although all were required to be. */
  missing: number;
  /** What kept the run from its end; absent where it came there. */
  incomplete?: Incomplete;
  /** A run that was cut short may conform all the same. */
  allowIncomplete?: boolean;
  requests: number;
  seconds: number;
  /** Recorded requests that were not judged; absent where requests were sent. */
  leftOut?: readonly LeftOut[];
  /** Takes out of reports what they must not show. */
  redact: Redactor;
}

/** A recorded request that was not judged. */
export interface LeftOut {
  /** `GET https://…` */
  request: string;
  /** What kept it from being judged: `the recorder kept no body`. */
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

/** Names that the document declares, and those of them that a run has met. */
export interface Part {
  declared: string[];
  met: string[];
}

/** Takes secrets and personal data out of what reports show. */
export interface Redactor {
  text(text: string): string;
  /** Of a value that a finding names: JSON, or text with some in it. */
  value(text: string): string;
  sent(sent: Sent): Shown;
}

/** An exchange as reports show it. */
export interface Shown {
  number: number;
  name: string;
  request: { method: string; url: string; headers: Record<string, string>; body?: string };
  response: { status: number; headers: Record<string, string>; body: string };
}
