import { REMAINING_HEADER } from '../../text/conventions.js';
import { count } from '../../text/words.js';
import { CutShort } from '../errors.js';
import type { WireResponse } from '../model/exchange.js';

/** How many requests a run may send, and how many of the hour's requests it leaves to others. */
export class Budget {
  readonly #reserve: number;
  #allowance: { readonly most: number; sent: number };
  #remaining: number | undefined;

  /**
   * @param maxRequests of the run, including those for tokens and repeated ones.
   * @param reserve of the rolling hour's requests to leave unspent; 0 for our own server.
   */
  constructor(maxRequests = Number.POSITIVE_INFINITY, reserve = 0) {
    this.#allowance = { most: maxRequests, sent: 0 };
    this.#reserve = reserve;
  }

  /** A budget for a second server, with its own hour; the requests to both are counted together. */
  beside(): Budget {
    const other = new Budget(this.most, this.#reserve);
    other.#allowance = this.#allowance;
    return other;
  }

  /** Most requests that the run may send; Infinity without a limit. */
  get most(): number {
    return this.#allowance.most;
  }

  /** Requests so far. */
  get sent(): number {
    return this.#allowance.sent;
  }

  /** Requests that can still be sent, as far as we know: within the run, and within the hour minus the reserve. */
  get left(): number {
    const ofHour =
      this.#remaining === undefined ? Number.POSITIVE_INFINITY : Math.max(0, this.#remaining - this.#reserve);
    return Math.min(this.most - this.sent, ofHour);
  }

  /** @throws CutShort if no further request may be sent. */
  take(): void {
    if (this.sent >= this.most) {
      throw new CutShort(`the budget of ${count(this.most, 'request')} is spent (--max-requests)`);
    }
    if (this.#reserve > 0 && this.#remaining !== undefined && this.#remaining <= this.#reserve) {
      throw new CutShort(
        `only ${count(this.#remaining, 'request')} of this hour ${this.#remaining === 1 ? 'is' : 'are'} left, the reserve`,
      );
    }
    this.#allowance.sent += 1;
  }

  /** Reads what an answer with the run's own token says about the hour. */
  observe({ headers }: WireResponse): void {
    const remaining = headers.get(REMAINING_HEADER);
    if (remaining !== null && /^\d+$/.test(remaining)) this.#remaining = Number(remaining);
  }
}
