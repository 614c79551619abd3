import type { QuotaCounter } from '../quota/quota.js';
import type { Layer } from './request.js';

/** Milliseconds of waiting after which a token is asked for again: the one before it may have expired meanwhile. */
const LONG_WAIT = 1_000;

/** The API counts requests with a token, and those without by IP address. */
export interface Counters {
  readonly authorized: QuotaCounter;
  readonly anonymous: QuotaCounter;
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
      const response = await next(request);
      counter.settle(ticket, response.headers);
      return response;
    } catch (error) {
      counter.settle(ticket, undefined);
      throw error;
    }
  };
}
