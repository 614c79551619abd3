import type { Violation } from './violation.js';

/** What one rule has to say of an answer, of a scenario, or of an operation. */
export interface Judgement {
  rule: string;
  /** Id of the operation; undefined for the server as a whole. */
  operation: string | undefined;
  /** Violations and notes; empty where the rule is kept. */
  findings: readonly Violation[];
  /** Why the rule could not look; absent where it did. */
  unable?: Unable;
}

/** Why a rule could not look at an operation. */
export interface Unable {
  state: 'not-applicable' | 'not-covered';
  reason: string;
}

/** What a rule has to say of an operation, all in all. */
export type State =
  /** Looked at, and kept. */
  | 'kept'
  | 'broken'
  /** Kept, with allowed drift. */
  | 'noted'
  /** Broken, which a reviewed file accepts. */
  | 'accepted'
  /** There was nothing to look at. */
  | 'not-applicable'
  /** There would have been something to look at. */
  | 'not-covered';

export interface Verdict {
  rule: string;
  /** Id of the operation; undefined for the server as a whole. */
  operation: string | undefined;
  state: State;
  /** Why there was nothing to look at. */
  reason?: string;
  /** What its own requests took, where that is known. */
  seconds?: number;
}
