import type { Operation } from '../../document/index.js';
import type { NotApplicable, NotCovered } from '../errors.js';
import type { Exchange, Sent, Silence } from './exchange.js';
import type { Rule } from './rule.js';
import type { ServerSession } from './session.js';
import type { Unable } from './verdict.js';
import type { Violation } from './violation.js';

/** One step of a run: the probes of a rule, or a scenario, for one operation. */
export interface Step {
  name: string;
  /** Lower is played earlier. */
  priority: number;
  /** Undefined for the server as a whole. */
  operation: Operation | undefined;
  /** The rules that look at what comes. */
  rules: readonly Rule[];
  /** About how many requests it takes. */
  requests: number;
  /** It asks the same again by itself, before its rules say anything. */
  confirmed?: boolean;
  /** @throws NotApplicable or NotCovered where it can't be played. */
  play(session: ServerSession): Promise<unknown>;
}

/** What came of playing a step once. */
export interface Play {
  exchanges: readonly Exchange[];
  facts?: unknown;
  /** Why it could not be played to its end. */
  failure?: NotApplicable | NotCovered;
}

/** What a run is going to do, before the first request. */
export interface Planned {
  operations: number;
  /** Rules for operations that something is sent for. */
  checks: number;
  /** About how many requests they take. */
  requests: number;
}

/** What kept a run from its end. */
export interface Incomplete {
  /** Requests that were sent. */
  sent: number;
  /** Requests that all checks would have taken, about. */
  planned: number;
  reason: string;
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
  /** Findings that did not come again, by identity, with what was found later. */
  changed: ReadonlyMap<string, string>;
  /** Findings of a second look. */
  confirmed: readonly Violation[];
  /** All that was sent. */
  requests: number;
  /** Absent where the run came to its end. */
  incomplete?: Incomplete;
  /** Wall time. */
  seconds: number;
}
