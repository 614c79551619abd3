import type { Operation } from '../../document/index.js';
import type { NotApplicable, NotCovered } from '../errors.js';
import type { Exchange, Sent, Silence } from './exchange.js';
import type { Rule } from './rule.js';
import type { ServerSession } from './session.js';
import type { Unable } from './verdict.js';
import type { Violation } from './violation.js';

/** A step of a run: a rule's probes, or a scenario, for one operation. */
export interface Step {
  name: string;
  /** Lower values run earlier. */
  priority: number;
  /** Undefined for the server as a whole. */
  operation: Operation | undefined;
  /** The rules that check what comes back. */
  rules: readonly Rule[];
  /** Approximate number of requests. */
  requests: number;
  /** It repeats its requests itself before its rules judge. */
  confirmed?: boolean;
  /** @throws NotApplicable or NotCovered if it can't be played. */
  play(session: ServerSession): Promise<unknown>;
}

/** The result of playing a step once. */
export interface Play {
  exchanges: readonly Exchange[];
  /** Answers that belong to no operation. */
  others: readonly Sent[];
  facts?: unknown;
  /** Why it couldn't be played to the end. */
  failure?: NotApplicable | NotCovered;
}

/** What a run is going to do, known before the first request. */
export interface Planned {
  operations: number;
  /** Pairs of rule and operation that requests are sent for. */
  checks: number;
  /** Approximate number of requests. */
  requests: number;
}

/** What ended a run early. */
export interface Incomplete {
  /** Requests that were sent. */
  sent: number;
  /** Approximate number of requests that all checks would have taken. */
  planned: number;
  reason: string;
}

/** A request with generated values, as a file keeps it to be sent again. */
export interface FuzzCase {
  operation: string;
  /**
   * Whether everything is as the document says, one thing clearly isn't, or one thing is a text about which the
   * document says little.
   */
  kind: 'valid' | 'invalid' | 'undescribed';
  /** The parameter that isn't as described, or `body`. */
  breaks?: string;
  /** Values in the path that aren't those of the server's lists. */
  path?: Readonly<Record<string, string>>;
  query: readonly (readonly [string, string])[];
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** The results for generated values. */
export interface Fuzzed {
  seed: number;
  /** Requests. */
  sent: number;
  /** The smallest request of each failure. */
  failures: FuzzCase[];
  /** Failures of earlier runs that weren't sent, because they belong to other operations or the budget was spent. */
  unsent: FuzzCase[];
  violations: Violation[];
}

/** A step that was played, and the facts it produced. */
export interface Played extends Pick<Step, 'operation' | 'rules'> {
  facts: unknown;
}

/** Rules that couldn't be checked on an operation, because a step couldn't be played. */
export interface Skipped extends Unable {
  /** Ids. */
  rules: readonly string[];
  operation: Operation | undefined;
}

/** Everything that a run produced, before it is judged. */
export interface RunRecord {
  exchanges: readonly Exchange[];
  /** Answers that belong to no operation. */
  others: readonly Sent[];
  silences: readonly Silence[];
  played: readonly Played[];
  skipped: readonly Skipped[];
  /**
   * Why findings aren't violations, by identity: the second check found something else, or the finding proves nothing.
   */
  doubted: ReadonlyMap<string, string>;
  /** Findings of a second check. */
  confirmed: readonly Violation[];
  /** The results for generated values; absent if none were sent. */
  fuzzed?: Fuzzed;
  /** Number of requests sent. */
  requests: number;
  /** Seconds that the requests of the steps of a rule took, by `verdictKey`; rules of one step share them. */
  spent: ReadonlyMap<string, number>;
  /** Absent if the run was completed. */
  incomplete?: Incomplete;
  /** Wall time. */
  seconds: number;
}
