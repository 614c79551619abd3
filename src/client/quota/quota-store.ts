import type { Logger } from '../observe/logger.js';

/** How the requests of a bucket are spent. */
export interface QuotaRules {
  /** Requests to keep unspent within the rolling hour. */
  readonly reserve: number;
  /** Whether to spread the remaining requests over the rest of the hour. */
  readonly pace: boolean;
}

/**
 * The requests that the API counts together: those of an application, of one of its users, or those without a token.
 */
export interface QuotaBucket {
  /**
   * Waits until a request may be sent, and reserves it. Returns a ticket for `settle`.
   * @throws QuotaReserveError if the request would spend the reserve
   */
  admit(signal: AbortSignal | undefined): Promise<unknown>;
  /**
   * Call it when the request has ended.
   * @param limit requests that an hour allows, from the answer; undefined if it doesn't say
   * @param remaining requests that are left of them, from the answer; undefined if it doesn't say
   * @param answered whether an answer came at all
   */
  settle(ticket: unknown, limit: number | undefined, remaining: number | undefined, answered: boolean): void;
}

/**
 * Lets programs whose requests the API counts together count them together too. A program reserves a request before it
 * sends it, and settles it with the number that the answer says is left. If a program dies, its requests under way count
 * as spent after a while, since they may have been sent, until the next answer tells. The places of those that still
 * waited for their turn are free again.
 */
export interface QuotaStore {
  /**
   * The bucket of an account. It sends no request if none is left, even without a reserve.
   * @param account whose requests these are; `undefined` for those without a token, which the API counts by IP address
   * @param server origin of the API
   */
  bucket(account: string | undefined, server: string, rules: QuotaRules, logger: Logger): QuotaBucket;
}
