import type { Operation } from '../../document/index.js';
import type { Exchange, Sent, Silence } from './exchange.js';
import type { Rule } from './rule.js';
import type { Unable } from './verdict.js';

/** One step of a run: the probes of a rule, or a scenario, for one operation. */
export interface Step {
  name: string;
  /** Lower is played earlier. */
  priority: number;
  /** Undefined for the server as a whole. */
  operation: Operation | undefined;
  /** The rules that look at what comes. */
  rules: readonly Rule[];
  /** @throws NotApplicable or NotCovered where it can't be played. */
  play(): Promise<unknown>;
}

/** A step that was played, and the facts that came of it. */
export interface Played extends Pick<Step, 'operation' | 'rules'> {
  facts: unknown;
}

/** Rules that could not look at an operation, as a step of theirs could not be played. */
export interface Skipped extends Unable {
  /** Ids. */
  rules: readonly string[];
  operation: Operation | undefined;
}

/** All that came of a run, before anything is judged. */
export interface RunRecord {
  exchanges: readonly Exchange[];
  /** Answers that belong to no operation. */
  others: readonly Sent[];
  silences: readonly Silence[];
  played: readonly Played[];
  skipped: readonly Skipped[];
  /** Wall time. */
  seconds: number;
}
