import { LIMIT_HEADER, REMAINING_HEADER } from '../../text/conventions.js';
import type { TokenSource } from '../auth/token-source.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Logger } from '../observe/logger.js';
import type { QuotaOptions } from '../options.js';
import type { Layer } from '../send/request.js';
import { QuotaGate } from './quota-gate.js';
import type { QuotaBucket } from './quota-store.js';

/** The requests of the rolling hour, as counted in the last response. */
export interface QuotaCount {
  /** Requests that an hour allows; undefined before the first response. */
  readonly limit: number | undefined;
  /** Requests that were left of them; undefined before the first response. */
  readonly remaining: number | undefined;
  /** When that response came; undefined before the first. */
  readonly seenAt: Date | undefined;
}

/** The counts for calls with the client's token, and for calls without one, which the API counts by IP address. */
export interface Quota extends QuotaCount {
  /** The count for calls without a token. */
  readonly anonymous: QuotaCount;
  /** Requests that `quota.reserve` keeps unspent. */
  readonly reserve: number;
}

/** Counts the requests of one kind: those with a token, or those without. */
class QuotaCounter {
  readonly #bucket: QuotaBucket | undefined;
  #limit: number | undefined;
  #remaining: number | undefined;
  #seenAt = 0;

  /** @param bucket decides when a request may go; without one all go at once */
  constructor(bucket: QuotaBucket | undefined) {
    this.#bucket = bucket;
  }

  get count(): QuotaCount {
    const seenAt = this.#limit === undefined ? undefined : new Date(this.#seenAt);
    return { limit: this.#limit, remaining: this.#remaining, seenAt };
  }

  /** Waits until the request may be sent, or throws if it may not. Returns what `settle` needs. */
  async admit(signal: AbortSignal | undefined): Promise<unknown> {
    return this.#bucket?.admit(signal);
  }

  /** Call it when the request has ended; without headers if no response came. */
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

/** Wait in milliseconds after which we ask for a token again: the old one may have expired meanwhile. */
const LONG_WAIT = 1_000;

/** The API counts requests with a token; it counts those without by IP address. */
export interface Counters {
  readonly authorized: QuotaCounter;
  readonly anonymous: QuotaCounter;
}

/**
 * Makes the counters of a client.
 * @throws ConfigurationError if programs can't count together because it isn't known whose requests they are
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
 * Waits until the quota allows the request, and learns from the answer what is left.
 * @throws QuotaReserveError if the request would spend the reserve
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
      // An answer to a token that is refused counts for those without one.
      const isOurs = !(counter === authorized && response.status === 401);
      counter.settle(ticket, isOurs ? response.headers : undefined);
      return response;
    } catch (error) {
      counter.settle(ticket, undefined);
      throw error;
    }
  };
}
