import type { Sent } from './exchange.js';

/** What a rule finds wrong, before the engine adds whose answer it was. */
export interface Finding {
  /** Place in the answer: `status`, `header Link`, `body /0/name`. */
  where: string;
  expected: string;
  found: string;
  /** The field whose values decide it, where the place doesn't name it. */
  field?: string | undefined;
  /** Place in the document, as JSON pointer. */
  pointer?: string | undefined;
  /** Allowed drift: reported, but a violation only with `--strict`. */
  note?: true;
  /** The exchange, when the rule looks at several. */
  exchange?: Sent | undefined;
}

/** A rule that an operation breaks, or allowed drift. */
export interface Violation extends Finding {
  rule: string;
  /** Id of the operation; undefined when the finding is of the server as a whole. */
  operation: string | undefined;
}

/** What looks like a violation and is none: a mock can't do it, and what it stands for says nothing about it. */
export interface Limit extends Violation {
  /** What the mock does instead, in words. */
  limit: string;
}

/** A known deviation that a reviewed file accepts for some time. */
export interface Accepted {
  rule: string;
  /** Id of the operation; absent for all of them. */
  operation?: string;
  reason: string;
  /** The last day on which it is accepted: `2027-03-31`. */
  expires: string;
  /** Where it stands: `sandbox.yaml:3`. */
  at: string;
}
