import type { Violation } from './violation.js';

/** The result of one rule on an answer, a scenario or an operation. */
export interface Judgement {
  rule: string;
  /** Id of the operation; undefined for the server as a whole. */
  operation: string | undefined;
  /** Violations and notes; empty if the rule is kept. */
  findings: readonly Violation[];
  /** Why the rule couldn't be checked; absent if it was. */
  unable?: Unable;
}

/** Why a rule couldn't be checked on an operation. */
export interface Unable {
  state: 'not-applicable' | 'not-covered';
  reason: string;
}

/** The overall result of a rule on an operation. */
export type State =
  /** Checked, and kept. */
  | 'kept'
  | 'broken'
  /** Kept, with allowed drift. */
  | 'noted'
  /** Broken, but accepted in a reviewed file. */
  | 'accepted'
  /** There was nothing to check. */
  | 'not-applicable'
  /** There would have been something to check. */
  | 'not-covered';

export interface Verdict {
  rule: string;
  /** Id of the operation; undefined for the server as a whole. */
  operation: string | undefined;
  state: State;
  /** Why there was nothing to check. */
  reason?: string;
  /** How long the requests that were sent for it took, if known; what several rules look at, they share. */
  seconds?: number;
}
