import type { Operation, Parameter } from '../../document/index.js';
import type { Contract } from './contract.js';
import type { Exchange, Sent, WireRequest } from './exchange.js';
import type { Ask, Probe } from './probe.js';
import type { Server, Target } from './target.js';

/** A value for a parameter, and whether it is only an example of the document. */
export interface Known {
  value: string;
  guessed: boolean;
}

/** Values for parameters that aren't in the path. */
export interface KnownValues {
  /** The value that the user of the suite gave (`--id`). */
  given(parameter: Parameter): string | undefined;
  /** That one, else an example of the document. */
  of(parameter: Parameter): Known | undefined;
  /** The operation that lists what a path parameter names: `/evses` for `evse_id` in `/evses/{evse_id}/…`. */
  collectionOf(operation: Operation, parameter: string): Operation | undefined;
}

/** What rules make their probes with. */
export interface ProbeMaker {
  readonly contract: Contract;
  readonly target: Server;
  readonly ids: KnownValues;
  /**
   * A probe of an operation with all that it requires.
   *
   * @throws NotCovered when a required value isn't known.
   */
  probe(operation: Operation, ask: Ask): Promise<Probe>;
}

/** Sends probes: what scenarios are played with. */
export interface Session extends ProbeMaker {
  /** The answer to a probe; one that was sent before in this run isn't sent again. */
  get(probe: Probe): Promise<Exchange>;
  /**
   * Sends a probe, also if it was sent before.
   *
   * @throws NotCovered when the budget is spent or no answer comes.
   */
  send(probe: Probe): Promise<Exchange>;
  /** Waits until what was written, or has changed, is to be read everywhere. */
  settle(): Promise<void>;
  /** Milliseconds since some moment, where the server is. */
  now(): number;
}

/** Also sends what belongs to no operation, as to the token endpoint. */
export interface ServerSession extends Session {
  readonly target: Target;
  post(name: string, request: WireRequest): Promise<Sent>;
}
