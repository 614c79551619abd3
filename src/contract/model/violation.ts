import type { Sent, Unanswered } from './exchange.js';

/** What a rule finds wrong, before the engine adds the operation. */
export interface Finding {
  /** Place in the answer: `status`, `header Link`, `body /0/name`. */
  where: string;
  /** What the rule asks for, in words. */
  expected: string;
  /** What came, in words or as it was. */
  found: string;
  /** The field whose values matter, if the place doesn't name it. */
  field?: string | undefined;
  /** Keys of the items that are lost or too many, if it holds whatever happens to the others. */
  items?: readonly string[] | undefined;
  /** Place in the document, as JSON pointer. */
  pointer?: string | undefined;
  /** One answer shows it by itself: it counts if the rule finds the same kind again, whatever the values. */
  alone?: true;
  /** Allowed drift: reported, but a violation only with `--strict`. */
  note?: true;
  /** The exchange, if the rule looks at several. */
  exchange?: Sent | undefined;
  /** The request, if no answer came. */
  unanswered?: Unanswered | undefined;
}

/** A broken rule, or allowed drift. */
export interface Violation extends Finding {
  rule: string;
  /** Id of the operation; undefined if it is about the server as a whole. */
  operation: string | undefined;
}

/** Looks like a violation but isn't: a mock can't do it, which says nothing about the API it stands for. */
export interface Limit extends Violation {
  /** What the mock does instead, in words. */
  limit: string;
}

/** A known deviation that a reviewed file accepts for a time. */
export interface Accepted {
  rule: string;
  /** Id of the operation; absent for all of them. */
  operation?: string;
  reason: string;
  /** The last day on which it is accepted: `2027-03-31`. */
  expires: string;
  /** Its place in the file: `sandbox.yaml:3`. */
  at: string;
}
