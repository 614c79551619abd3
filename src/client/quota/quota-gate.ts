import { reserveKept } from '../errors/quota-reserve-error.js';
import type { Logger } from '../observe/logger.js';
import type { QuotaOptions } from '../options.js';
import { abortable, sleep } from '../wait/abort.js';
import { Bell } from '../wait/bell.js';
import type { QuotaBucket } from './quota-store.js';
import { RecentRequests, WINDOW } from './recent-requests.js';

/** Waits for the pace from this many milliseconds on are logged as `info` rather than `debug`. */
const LONG = 10_000;

/** Logs that a request waits that many milliseconds for its turn. */
export function logPace(logger: Logger, delay: number): void {
  const level = delay < LONG ? 'debug' : 'info';
  logger[level](`quota.pace: a request waits ${Math.ceil(delay / 1000)} s for its turn`);
}

/** Holds requests back as the reserve and the pace demand. */
export class QuotaGate implements QuotaBucket {
  readonly #reserve: number;
  readonly #pace: boolean;
  readonly #logger: Logger | undefined;
  readonly #sent = new RecentRequests();
  #inFlight = 0;
  #limit: number | undefined;
  #remaining = 0;
  #seenAt = 0;
  /** Responses so far, and how many there were when we learned `remaining`. */
  #responses = 0;
  #learntAt = 0;
  #slot = 0;
  /**
   * The last response had no counts. We then stop waiting for counts: otherwise requests would go one by one for good.
   */
  #uncounted = false;
  readonly #settled = new Bell();

  constructor({ reserve = 0, pace = false }: QuotaOptions, logger?: Logger) {
    this.#reserve = reserve;
    this.#pace = pace;
    this.#logger = logger;
  }

  /** Waits for the request's turn; returns a ticket for `settle`. */
  async admit(signal: AbortSignal | undefined): Promise<number> {
    while (!this.#mayGo()) await abortable(this.#settled.wait(), signal);
    this.#inFlight += 1;
    try {
      if (this.#pace) await this.#wait(signal);
    } catch (error) {
      this.#release();
      throw error;
    }
    this.#sent.add(Date.now());
    return this.#responses;
  }

  /** @param answered whether a response came at all */
  settle(ticket: number, limit: number | undefined, remaining: number | undefined, answered = true): void {
    this.#responses += 1;
    const counted = limit !== undefined && remaining !== undefined;
    if (answered) this.#uncounted = !counted;
    if (counted) this.#learn(ticket, limit, remaining);
    this.#release();
  }

  /**
   * Answers can overtake each other. The answer to a request that was sent before we knew the current count may be the
   * older of the two, so it can only lower the count.
   */
  #learn(ticket: number, limit: number, remaining: number): void {
    if (this.#limit !== undefined && ticket < this.#learntAt && remaining >= this.#remaining) return;
    this.#limit = limit;
    this.#remaining = remaining;
    this.#seenAt = Date.now();
    this.#learntAt = this.#responses;
  }

  #mayGo(): boolean {
    const left = this.#left();
    // Before the first response we know nothing, so only one request goes ahead.
    if (left === undefined) return this.#uncounted || this.#inFlight === 0;
    if (this.#reserve === 0 || left - this.#inFlight > this.#reserve) return true;
    // Requests in flight may already be counted, or fail without being counted: wait for one to come back.
    if (this.#inFlight > 0 && left > this.#reserve) return false;
    throw reserveKept(this.#reserve, left, this.#limit ?? 0, this.#sent.oldest(this.#seenAt) + WINDOW);
  }

  /** What was left according to the last response, plus our own requests that have left the hour since. */
  #left(): number | undefined {
    const now = Date.now();
    if (this.#limit === undefined || now - this.#seenAt >= WINDOW) return undefined;
    const returned = this.#sent.between(this.#seenAt - WINDOW, now - WINDOW);
    return Math.min(this.#limit, this.#remaining + returned);
  }

  /** Spreads the remaining requests evenly over the rest of the hour that began with the oldest request in it. */
  async #wait(signal: AbortSignal | undefined): Promise<void> {
    const now = Date.now();
    const left = this.#left();
    const slot = Math.max(now, this.#slot);
    let step = 0;
    if (left !== undefined) {
      const rest = this.#sent.oldest(now) + WINDOW - now;
      step = Math.max(0, rest) / Math.max(1, left - this.#reserve);
      this.#slot = slot + step;
    }
    const delay = slot - now;
    if (delay <= 0) return;
    if (this.#logger) logPace(this.#logger, delay);
    try {
      await sleep(delay, signal);
    } catch (error) {
      // This request won't be sent, so later ones needn't wait for it.
      this.#slot -= step;
      throw error;
    }
  }

  #release(): void {
    this.#inFlight -= 1;
    this.#settled.ring();
  }
}
