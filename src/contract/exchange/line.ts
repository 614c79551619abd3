import { setTimeout as sleep } from 'node:timers/promises';
import { retryAfter } from '../../client/wire/headers.js';
import { CannotRun, CutShort, NotCovered } from '../errors.js';
import type { Silence, WireRequest, WireResponse } from '../model/exchange.js';
import { type Credential, type Probe, SCOPED } from '../model/probe.js';
import type { Target } from '../model/target.js';
import type { Budget } from './budget.js';
import { tryAgain } from './rate-limit.js';
import { exchange, NoAnswer, type Transport, type Wire } from './transport.js';

/** Number of attempts after which we blame the request itself, if others are answered. */
const ATTEMPTS = 4;
/** Statuses that gateways send while the server behind them is away. */
const AWAY: readonly number[] = [502, 503, 504];
/** RFCs define no status from here on; CDNs use these to say that the server is away: `520`, `530`, `599`. */
const UNNAMED = 512;
/**
 * Errors that mean that nothing listens at an address. One comes from `fetch`, which refuses the ports of other
 * protocols.
 */
const NOBODY: readonly string[] = ['connection refused', 'unknown host', 'bad port'];
/** Milliseconds to wait before the second, third and fourth attempt. */
const PAUSES: readonly number[] = [100, 500, 1000];
/** Longest `Retry-After` in seconds that we wait for, and how often in a row. */
const LONGEST_WAIT = 20;
const MOST_WAITS = 3;
/** Milliseconds after which all replicas of a server should show the same. */
const SETTLED = 2500;

export interface LineOptions {
  target: Target;
  transport: Transport;
  budget: Budget;
  /** Milliseconds to wait for an answer. */
  timeout: number;
}

/**
 * The connection to a server. All requests of a run pass through here: it counts them, repeats those that fail, and
 * decides when the server, the hour's quota or the token is gone.
 */
export class Line {
  /** Requests that failed at first and were answered later. */
  readonly recovered: Silence[] = [];
  readonly #options: LineOptions;
  /** A probe that was answered before: shows whether the server is still there and the token still valid. */
  #known: Probe | undefined;
  /** Whether the token was accepted for anything. */
  #accepted = false;
  #renewed = false;
  #cut: string | undefined;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** Why nothing more is sent; undefined while requests can be sent. */
  get cut(): string | undefined {
    return this.#cut;
  }

  get budget(): Budget {
    return this.#options.budget;
  }

  /** Whether replicas, gateways and a network may be involved; not for a server in process or our own. */
  get isFar(): boolean {
    const { own, fetch, clock } = this.#options.target;
    return !own && (fetch === undefined || clock !== undefined);
  }

  now(): number {
    return (this.#options.target.clock ?? performance).now();
  }

  /** Waits until all replicas should show the same. */
  async settle(): Promise<void> {
    if (this.isFar) await this.#wait(SETTLED);
  }

  /**
   * The answer to a probe.
   *
   * @throws NoAnswer if none comes, although other requests are answered.
   * @throws CutShort if nothing more can be sent.
   * @throws CannotRun if nothing could be sent from the start.
   */
  async ask(probe: Probe): Promise<Wire> {
    for (let waits = 0; ; waits += 1) {
      const wire = await this.#persist(probe);
      const { status } = wire.response;
      if (status === 429 && !probe.expect.includes('429')) {
        // The count from before the wait doesn't tell what is left after it.
        if (await this.#waited(wire.response, waits)) continue;
        if (probe.credential === 'token') throw this.#stop(usedUp(this.#options.target, wire.response));
      }
      if (status === 401 && isGood(probe.credential) && !probe.expect.includes('401')) {
        if (await this.#hasNewToken(probe)) continue;
      }
      if (probe.credential === 'token') this.budget.observe(wire.response);
      this.#remember(probe, status);
      return wire;
    }
  }

  /**
   * Sends a request that belongs to no operation. The token endpoint may be called twice, which does no harm.
   *
   * @param needed what the run can't do without, in words: if it is away, nothing more is sent.
   */
  async post(request: WireRequest, needed?: string): Promise<WireResponse> {
    const { timeout, target } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      this.#take();
      const outcome = await exchange(request, timeout, target.fetch).catch(noAnswer);
      const reason = silenceOf(outcome);
      if (reason === undefined) return outcome as WireResponse;
      if (attempt < ATTEMPTS) await this.#pause(attempt);
      else if (needed !== undefined) throw this.#stop(unavailable(needed, reason, request));
      else if (outcome instanceof NoAnswer) throw outcome;
      else return outcome;
    }
  }

  /** Sends a probe until it is answered, or until it is certain that it won't be. */
  async #persist(probe: Probe): Promise<Wire> {
    const failures: Silence[] = [];
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#once(probe);
      const reason = failureOf(outcome);
      if (reason === undefined) {
        this.recovered.push(...failures.slice(0, 1));
        return outcome as Wire;
      }
      const { request } = outcome;
      if (outcome instanceof NoAnswer) this.#refuseNobody(outcome);
      // Deleting something a second time gives a different answer.
      if (probe.method === 'DELETE') throw new NotCovered(`${reason} to a DELETE, which is not sent twice`);
      const gone = attempt === 2 && this.#known ? !(await this.#isThere(this.#known)) : false;
      const never = attempt > 2 && this.#known === undefined;
      const server = `the server ${this.#options.target.baseUrl}`;
      if (gone || never) throw this.#stop(unavailable(server, reason, request));
      if (attempt === ATTEMPTS && outcome instanceof NoAnswer) throw outcome;
      if (attempt === ATTEMPTS) return outcome as Wire;
      failures.push({ probe, request, reason, recovered: true });
      await this.#pause(attempt);
    }
  }

  async #once(probe: Probe): Promise<Wire | NoAnswer> {
    this.#take();
    const { transport, target } = this.#options;
    const token = target.tokens[probe.credential];
    const { scheme = 'Bearer' } = probe;
    return transport(probe, token === undefined ? undefined : `${scheme} ${token}`).catch(noAnswer);
  }

  #take(): void {
    if (this.#cut !== undefined) throw new CutShort(this.#cut);
    try {
      this.budget.take();
    } catch (error) {
      if (error instanceof CutShort) this.#cut = error.message;
      throw error;
    }
  }

  /** If the very first request reaches nobody, the address is wrong or the server wasn't started. */
  #refuseNobody({ message, cause }: NoAnswer): void {
    if (this.#known || this.budget.sent > 1 || !NOBODY.includes(message)) return;
    const { baseUrl } = this.#options.target;
    const advice = 'Is the server running, and is the address right (--base-url)?';
    throw new CannotRun(`No answer from ${baseUrl}: ${message}. ${advice}`, { cause });
  }

  async #isThere(known: Probe): Promise<boolean> {
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      if (failureOf(await this.#once(known)) === undefined) return true;
      await this.#pause(attempt);
    }
    return false;
  }

  async #waited({ headers }: WireResponse, waits: number): Promise<boolean> {
    const seconds = retryAfter(headers);
    if (seconds === undefined || seconds > LONGEST_WAIT || waits >= MOST_WAITS) return false;
    await this.#wait(seconds * 1000);
    return true;
  }

  /** Renews a token that expires during a run, once. */
  async #hasNewToken(probe: Probe): Promise<boolean> {
    const { target } = this.#options;
    if (!this.#known) {
      if (target.own || this.#accepted) return false;
      throw new CannotRun(`${target.title} refuses the access token (401): check the credentials.`);
    }
    if (this.#known === probe || (await this.#isStillGood(this.#known))) return false;
    if (this.#renewed || !target.renew) {
      throw this.#stop(`the access token ended (401) after ${this.budget.sent} requests`);
    }
    this.#renewed = true;
    await target.renew(this.budget);
    return true;
  }

  async #isStillGood(known: Probe): Promise<boolean> {
    const outcome = await this.#once(known);
    return outcome instanceof NoAnswer || outcome.response.status !== 401;
  }

  #remember(probe: Probe, status: number): void {
    if (probe.credential === 'token' && status !== 401 && status < 500) this.#accepted = true;
    const isGood = status === 200 && probe.credential === 'token' && probe.method === 'GET';
    if (!isGood || (this.#known && (!this.#known.operation.public || probe.operation.public))) return;
    this.#known = probe;
  }

  /** The error to throw if nothing more can be sent. */
  #stop(reason: string): Error {
    if (!this.#known) return new CannotRun(`${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`);
    this.#cut = reason;
    return new CutShort(reason);
  }

  async #pause(attempt: number): Promise<void> {
    if (this.isFar) await this.#wait(PAUSES[attempt - 1] ?? 0);
  }

  async #wait(milliseconds: number): Promise<void> {
    const { clock } = this.#options.target;
    await (clock ? clock.wait(milliseconds) : sleep(milliseconds));
  }
}

function noAnswer(error: unknown): NoAnswer {
  if (error instanceof NoAnswer) return error;
  throw error;
}

/** Whether the token should be accepted; tokens with a single scope expire with the others. */
function isGood(credential: Credential): boolean {
  return credential === 'token' || SCOPED.some((scoped) => scoped === credential);
}

/** Why an attempt failed; undefined if the server itself answered. */
function failureOf(outcome: Wire | NoAnswer): string | undefined {
  return silenceOf(outcome instanceof NoAnswer ? outcome : outcome.response);
}

function silenceOf(outcome: WireResponse | NoAnswer): string | undefined {
  if (outcome instanceof NoAnswer) return outcome.message;
  return isAway(outcome.status) ? String(outcome.status) : undefined;
}

function isAway(status: number): boolean {
  return AWAY.includes(status) || status >= UNNAMED;
}

function unavailable(what: string, reason: string, { method, url }: WireRequest): string {
  const time = new Date().toISOString().slice(11, 19);
  return `${what} is unavailable: ${reason} several times in a row, to ${method} ${url} at ${time} UTC`;
}

function usedUp({ title }: Target, response: WireResponse): string {
  return `the rate limit of ${title} is used up (429): ${tryAgain(response)}`;
}
