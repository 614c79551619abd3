import type { Operation } from '../../document/index.js';
import { CannotRun, NotCovered } from '../errors.js';
import type { Contract } from '../model/contract.js';
import type { Exchange, Sent, Silence, WireRequest, WireResponse } from '../model/exchange.js';
import type { Ask, Probe } from '../model/probe.js';
import type { ServerSession } from '../model/session.js';
import type { Target } from '../model/target.js';
import { Ids } from '../probe/ids.js';
import { makeProbe } from '../probe/make-probe.js';
import { Budget } from './budget.js';
import { parseJson } from './read-answer.js';
import { exchange, NoAnswer, type Transport } from './transport.js';

/** As many unanswered requests in a row mean that the server is gone. */
const GIVE_UP = 3;

export interface SessionOptions {
  ids?: Ids;
  budget?: Budget;
  /** Milliseconds that an answer may take. Default 30,000. */
  timeout?: number;
  onSent?: (sent: Sent) => void;
}

/** One run against one target: sends probes and remembers what came. */
export class TargetSession implements ServerSession {
  readonly contract: Contract;
  readonly target: Target;
  readonly ids: Ids;
  readonly exchanges: Exchange[] = [];
  /** Answers that don't belong to an operation: of the token endpoint. */
  readonly others: Sent[] = [];
  readonly silences: Silence[] = [];
  readonly #transport: Transport;
  readonly #budget: Budget;
  readonly #timeout: number;
  readonly #onSent: (sent: Sent) => void;
  readonly #known = new Map<string, Promise<Exchange>>();
  readonly #bars = new Map<Operation, string>();
  #unanswered = 0;
  #accepted = false;

  constructor(contract: Contract, target: Target, transport: Transport, options: SessionOptions = {}) {
    this.contract = contract;
    this.target = target;
    this.#transport = transport;
    this.ids = options.ids ?? new Ids(contract);
    this.#budget = options.budget ?? new Budget();
    this.#timeout = options.timeout ?? 30_000;
    this.#onSent = options.onSent ?? (() => {});
  }

  get sent(): number {
    return this.exchanges.length + this.others.length;
  }

  probe(operation: Operation, ask: Ask): Promise<Probe> {
    return makeProbe(this, operation, ask);
  }

  get(probe: Probe): Promise<Exchange> {
    const { method, operation, path, query, headers, body, credential } = probe;
    const key = JSON.stringify([method, operation.path, path, query, headers, body, credential]);
    let known = this.#known.get(key);
    if (!known) {
      known = this.send(probe);
      // What the budget cut off may be asked for again: then it says so again.
      known.catch(() => this.#known.delete(key));
      this.#known.set(key, known);
    }
    return known;
  }

  async send(probe: Probe): Promise<Exchange> {
    const barred = probe.credential === 'token' ? this.#bars.get(probe.operation) : undefined;
    if (barred !== undefined) throw new NotCovered(barred);
    this.#budget.take();
    const token = this.target.tokens[probe.credential];
    const { request, response } = await this.#answer(probe, () =>
      this.#transport(probe, token === undefined ? undefined : `Bearer ${token}`),
    );
    if (probe.credential === 'token') {
      this.#budget.observe(response);
      if (!this.target.own) this.#refuseToGoOn(response);
    }
    const sent: Exchange = {
      number: this.sent + 1,
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

  /** Sends no more requests for an operation with the token: they would say nothing, for this reason. */
  bar(operation: Operation, reason: string): void {
    this.#bars.set(operation, reason);
  }

  async post(name: string, request: WireRequest): Promise<Sent> {
    this.#budget.take();
    const response = await exchange(request, this.#timeout, this.target.fetch).catch((cause: unknown) => {
      throw new NotCovered(`${request.url}: ${(cause as Error).message}`, { cause });
    });
    const sent = { number: this.sent + 1, name, request, response, json: parseJson(response.body) };
    this.others.push(sent);
    this.#onSent(sent);
    return sent;
  }

  /** Without a token that is good, or with a limit that is used up, a far server tells nothing. */
  #refuseToGoOn({ status, headers }: WireResponse): void {
    if (this.#accepted || (status !== 401 && status !== 429)) {
      this.#accepted = true;
      return;
    }
    const wait = headers.get('retry-after');
    throw new CannotRun(
      status === 401
        ? `${this.target.title} refuses the access token (401): check the credentials.`
        : `The rate limit of ${this.target.title} is used up (429)${wait ? `: try again in ${wait} s` : ''}.`,
    );
  }

  async #answer<T>(probe: Probe, send: () => Promise<T>): Promise<T> {
    try {
      const answer = await send();
      this.#unanswered = 0;
      return answer;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.#unanswered += 1;
      if (this.sent === 0) {
        const advice = 'Is the server running, and is the address right (--base-url)?';
        throw new CannotRun(`No answer from ${this.target.baseUrl}: ${error.message}. ${advice}`, {
          cause: error,
        });
      }
      if (this.#unanswered >= GIVE_UP) {
        throw new CannotRun(
          `${this.target.baseUrl} stopped answering after ${this.sent} requests: ${error.message}.`,
          {
            cause: error,
          },
        );
      }
      this.silences.push({ probe, request: error.request, reason: error.message });
      throw new NotCovered(`no answer came: ${error.message}`, { cause: error });
    }
  }
}
