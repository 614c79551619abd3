import type { TokenSource } from '../auth/token-source.js';
import { LIMIT_HEADER, REMAINING_HEADER } from '../conventions.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Logger } from '../observe/logger.js';
import type { QuotaOptions } from '../options.js';
import type { Layer } from '../send/request.js';
import { QuotaGate } from './quota-gate.js';
import type { QuotaBucket } from './quota-store.js';

/** The requests of the rolling hour, as the last response counted them. */
export interface QuotaCount {
  /** Requests that an hour allows; undefined before the first response. */
  readonly limit: number | undefined;
  /** Requests that were left of them; undefined before the first response. */
  readonly remaining: number | undefined;
  /** When that response came. */
  readonly seenAt: Date | undefined;
}

/** The count of calls with the client's token, and that of calls without one, which the API counts by IP address. */
export interface Quota extends QuotaCount {
  readonly anonymous: QuotaCount;
  /** Requests that `quota.reserve` keeps unspent. */
  readonly reserve: number;
}

/** Counts the requests of one kind: with a token, or without. */
export class QuotaCounter {
  readonly #bucket: QuotaBucket | undefined;
  #limit: number | undefined;
  #remaining: number | undefined;
  #seenAt = 0;

  /** @param bucket what lets requests through; without one all go */
  constructor(bucket: QuotaBucket | undefined) {
    this.#bucket = bucket;
  }

  get count(): QuotaCount {
    const seenAt = this.#limit === undefined ? undefined : new Date(this.#seenAt);
    return { limit: this.#limit, remaining: this.#remaining, seenAt };
  }

  /** Waits, or throws, where the request may not be sent yet; gives what `settle` needs. */
  async admit(signal: AbortSignal | undefined): Promise<unknown> {
    return this.#bucket?.admit(signal);
  }

  /** The request is over; without headers no response came. */
  settle(ticket: unknown, headers: Pick<Headers, 'get'> | undefined): void {
    const limit = countIn(headers, LIMIT_HEADER);
    const remaining = countIn(headers, REMAINING_HEADER);
    if (limit !== undefined && remaining !== undefined) {
      this.#limit = limit;
      this.#remaining = remaining;
      this.#seenAt = Date.now();
    }
    if (ticket !== undefined) this.#bucket?.settle(ticket, limit, remaining, headers !== undefined);
  }
}

function countIn(headers: Pick<Headers, 'get'> | undefined, name: string): number | undefined {
  const value = headers?.get(name);
  const count = value ? Number(value) : Number.NaN;
  return count >= 0 ? count : undefined;
}

/** Milliseconds of waiting after which a token is asked for again: the one before it may have expired meanwhile. */
const LONG_WAIT = 1_000;

/** The API counts requests with a token, and those without by IP address. */
export interface Counters {
  readonly authorized: QuotaCounter;
  readonly anonymous: QuotaCounter;
}

/**
 * The counters of a client.
 * @throws ConfigurationError where programs can't count together, for nobody knows whose requests they are
 */
export function countersOf(
  { reserve = 0, pace = false, store, account }: QuotaOptions,
  tokens: TokenSource | undefined,
  server: string,
  logger: Logger,
): Counters {
  const rules = { reserve, pace };
  const own = () => new QuotaCounter(reserve || pace ? new QuotaGate(rules, logger) : undefined);
  if (!store) return { authorized: own(), anonymous: own() };
  const whose = account ?? tokens?.account;
  if (tokens && whose === undefined)
    throw new ConfigurationError(
      'quota.account: is missing; with a store and tokens of your own, name the application (and the user) that they stand for',
    );
  return {
    authorized: whose === undefined ? own() : new QuotaCounter(store.bucket(whose, server, rules, logger)),
    anonymous: new QuotaCounter(store.bucket(undefined, server, rules, logger)),
  };
}

/**
 * Waits until the quota lets the request go, and learns from the answer what is left.
 * @throws QuotaReserveError where the request would spend the reserve
 */
export function keepQuota({ authorized, anonymous }: Counters): Layer {
  return (next) => async (request) => {
    const counter = request.headers.has('authorization') ? authorized : anonymous;
    const asked = Date.now();
    const ticket = await counter.admit(request.signal);
    try {
      if (Date.now() - asked > LONG_WAIT) await request.reauthorize?.();
      request.call.attempt += 1;
      const response = await next(request);
      counter.settle(ticket, response.headers);
      return response;
    } catch (error) {
      counter.settle(ticket, undefined);
      throw error;
    }
  };
}
