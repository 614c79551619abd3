import type { Operation, Parameter } from '../../document/index.js';
import type { Contract } from './contract.js';
import type { Exchange, Sent, WireRequest } from './exchange.js';
import type { Ask, Probe } from './probe.js';
import type { Server, Target } from './target.js';

/** A value for a parameter, and whether it is only an example from the document. */
export interface Known {
  value: string;
  /** The value itself, where it is a list or an object. */
  whole?: object;
  guessed: boolean;
}

/** Values for parameters. */
export interface KnownValues {
  /** The value that the user gave (`--id`). */
  given(parameter: Parameter): string | undefined;
  /** The user's value, else an example from the document. */
  of(parameter: Parameter): Known | undefined;
  /** The operation that lists what a parameter of the path or the query names: `/evses` for `evse_id`. */
  collectionOf(operation: Operation, parameter: string): Operation | undefined;
}

/** What rules use to make their probes. */
export interface ProbeMaker {
  readonly contract: Contract;
  readonly target: Server;
  readonly ids: KnownValues;
  /**
   * A probe of an operation, with everything that it requires.
   *
   * @throws NotCovered if a required value isn't known.
   */
  probe(operation: Operation, ask: Ask): Promise<Probe>;
}

/** Sends probes; scenarios are played with it. */
export interface Session extends ProbeMaker {
  /** The answer to a probe. If it has been sent before in this run, it isn't sent again. */
  get(probe: Probe): Promise<Exchange>;
  /**
   * Sends a probe, even if it has been sent before.
   *
   * @throws NotCovered if the budget is spent or no answer comes.
   */
  send(probe: Probe): Promise<Exchange>;
  /** The answers that the same request got before in this run. */
  earlier(exchange: Exchange): Exchange[];
  /** Waits until what was written, or has changed, is visible everywhere. */
  settle(): Promise<void>;
  /** Milliseconds by the server's clock, since an arbitrary time. */
  now(): number;
}

/** Also sends requests that belong to no operation, such as those to the token endpoint. */
export interface ServerSession extends Session {
  readonly target: Target;
  /**
   * Sends such a request.
   *
   * @param name what is asked, in words, for reports.
   * @param needed what the run can't do without, in words: if that is away, the run ends.
   * @throws NotCovered if no answer comes.
   */
  post(name: string, request: WireRequest, needed?: string): Promise<Sent>;
}
