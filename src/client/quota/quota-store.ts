import type { Logger } from '../observe/logger.js';

/** How the requests of a bucket are spent. */
export interface QuotaRules {
  /** Requests of the rolling hour to keep unspent. */
  readonly reserve: number;
  /** Whether the requests that are left are spread over the rest of the hour. */
  readonly pace: boolean;
}

/** The requests that the API counts together: those of an application, of one of its users, or of no one. */
export interface QuotaBucket {
  /**
   * Waits until a request may be sent, and reserves it; gives a ticket for `settle`.
   * @throws QuotaReserveError where it would spend the reserve
   */
  admit(signal: AbortSignal | undefined): Promise<unknown>;
  /**
   * The request is over.
   * @param limit requests that an hour allows, as the answer says; undefined where it doesn't
   * @param remaining requests that are left of them, as the answer says
   * @param answered whether an answer came at all
   */
  settle(ticket: unknown, limit: number | undefined, remaining: number | undefined, answered: boolean): void;
}

/**
 * Where programs that the API counts together count their requests together. A request is reserved before it is sent, and
 * settled by what its answer says is left; the reservations of a program that dies come back after a while.
 */
export interface QuotaStore {
  /**
   * The bucket of an account. It sends no request beyond what is left, even without a reserve.
   * @param account whose requests these are; `undefined` for those without a token, which the API counts by IP address
   * @param server origin of the API
   */
  bucket(account: string | undefined, server: string, rules: QuotaRules, logger: Logger): QuotaBucket;
}
