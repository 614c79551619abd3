import { NotCovered } from '../errors.js';
import type { WireResponse } from '../model/exchange.js';

/** How many requests a run may send, and how many of the hour it leaves to others. */
export class Budget {
  readonly #maxRequests: number;
  readonly #reserve: number;
  #sent = 0;
  #remaining: number | undefined;

  /**
   * @param maxRequests of the run.
   * @param reserve of the rolling hour's requests, to be left unspent; 0 for a server of one's own.
   */
  constructor(maxRequests = Number.POSITIVE_INFINITY, reserve = 0) {
    this.#maxRequests = maxRequests;
    this.#reserve = reserve;
  }

  /** @throws NotCovered when no further request may be sent. */
  take(): void {
    if (this.#sent >= this.#maxRequests) {
      throw new NotCovered(`the budget of ${this.#maxRequests} requests is spent (--max-requests)`);
    }
    if (this.#reserve > 0 && this.#remaining !== undefined && this.#remaining <= this.#reserve) {
      throw new NotCovered(`only ${this.#remaining} requests of this hour are left, the reserve`);
    }
    this.#sent += 1;
  }

  /** Reads what an answer to the run's own token says of the hour. */
  observe({ status, headers }: WireResponse): void {
    const remaining = headers.get('x-ratelimit-remaining');
    if (remaining !== null && /^\d+$/.test(remaining)) this.#remaining = Number(remaining);
    if (status === 429) this.#remaining = 0;
  }
}
