import { type Operation, parseJson } from '../../document/index.js';
import { inWindow, type Window } from '../again/window.js';
import { NotCovered } from '../errors.js';
import type { Contract } from '../model/contract.js';
import type { Exchange, Sent, Silence, WireRequest } from '../model/exchange.js';
import type { Ask, Probe } from '../model/probe.js';
import type { ServerSession } from '../model/session.js';
import type { Target } from '../model/target.js';
import { Ids } from '../probe/ids.js';
import { lister, makeProbe } from '../probe/make-probe.js';
import type { Line } from './line.js';
import { NoAnswer } from './transport.js';

export interface SessionOptions {
  ids?: Ids;
  onSent?: (sent: Sent) => void;
}

/** A run against one target: sends probes and records the answers. */
export class TargetSession implements ServerSession {
  readonly contract: Contract;
  readonly target: Target;
  readonly line: Line;
  readonly ids: Ids;
  readonly exchanges: Exchange[] = [];
  /** Answers that belong to no operation, such as those of the token endpoint. */
  readonly others: Sent[] = [];
  readonly silences: Silence[] = [];
  readonly #onSent: (sent: Sent) => void;
  readonly #known = new Map<string, Promise<Exchange>>();
  #bars = new Map<Operation, string>();
  #window: Window | undefined;

  constructor(contract: Contract, target: Target, line: Line, options: SessionOptions = {}) {
    this.contract = contract;
    this.target = target;
    this.line = line;
    this.ids = options.ids ?? new Ids(contract);
    this.#onSent = options.onSent ?? (() => {});
  }

  /** A session without recorded answers, to ask again; with a window, only for what lies in it. */
  again(window?: Window): TargetSession {
    const other = new TargetSession(this.contract, this.target, this.line, {
      ids: this.line.isFar ? this.ids.lasting() : this.ids,
      onSent: this.#onSent,
    });
    other.#bars = this.#bars;
    other.#window = window;
    return other;
  }

  probe(operation: Operation, ask: Ask): Promise<Probe> {
    const asked = this.#window ? inWindow(this.#window, operation, ask) : ask;
    return makeProbe(this, operation, asked, lister(this));
  }

  get(probe: Probe): Promise<Exchange> {
    const key = requestKey(probe);
    let known = this.#known.get(key);
    if (!known) {
      known = this.send(probe);
      // A request that the budget prevented may be tried again, to get the same error.
      known.catch(() => this.#known.delete(key));
      this.#known.set(key, known);
    }
    return known;
  }

  async send(probe: Probe): Promise<Exchange> {
    const barred = probe.credential === 'token' ? this.#bars.get(probe.operation) : undefined;
    if (barred !== undefined) throw new NotCovered(barred);
    const { request, response } = await this.line.ask(probe).catch((error: unknown) => {
      if (!(error instanceof NoAnswer)) throw error;
      this.silences.push({ probe, request: error.request, reason: error.message });
      throw new NotCovered(`no answer came: ${error.message}`, { cause: error });
    });
    const sent: Exchange = {
      number: this.line.budget.sent,
      name: probe.name,
      request,
      response,
      json: parseJson(response.body),
      probe,
      operation: probe.operation,
    };
    this.exchanges.push(sent);
    this.#onSent(sent);
    return sent;
  }

  earlier({ number, operation, request }: Exchange): Exchange[] {
    const sent = JSON.stringify(request);
    return this.exchanges.filter(
      (one) => one.operation === operation && one.number < number && JSON.stringify(one.request) === sent,
    );
  }

  /** Stops sending requests with the token for an operation, since this reason makes their answers meaningless. */
  bar(operation: Operation, reason: string): void {
    this.#bars.set(operation, reason);
  }

  settle(): Promise<void> {
    return this.line.settle();
  }

  now(): number {
    return this.line.now();
  }

  async post(name: string, request: WireRequest, needed?: string): Promise<Sent> {
    const response = await this.line.post(request, needed).catch((cause: unknown) => {
      if (!(cause instanceof NoAnswer)) throw cause;
      throw new NotCovered(`${request.url}: ${cause.message}`, { cause });
    });
    const number = this.line.budget.sent;
    const sent = { number, name, request, response, json: parseJson(response.body) };
    this.others.push(sent);
    this.#onSent(sent);
    return sent;
  }
}

/** The same for probes that send the same request. */
export function requestKey(probe: Probe): string {
  const { method, operation, path, query, headers, body, credential, scheme } = probe;
  return JSON.stringify([method, operation.path, path, query, headers, body, credential, scheme]);
}
