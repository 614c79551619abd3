import type { Operation } from '../../document/index.js';
import type { Contract, DocumentFault } from './contract.js';
import type { Sent } from './exchange.js';
import type { Rule } from './rule.js';
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
  requests: number;
  seconds: number;
  /** Takes out of reports what they must not show. */
  redact: Redactor;
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
  sent(sent: Sent): Shown;
}

/** An exchange as reports show it. */
export interface Shown {
  number: number;
  name: string;
  request: { method: string; url: string; headers: Record<string, string>; body?: string };
  response: { status: number; headers: Record<string, string>; body: string };
}
