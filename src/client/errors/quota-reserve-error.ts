import { EvEnergyError } from './base.js';

/** The request would have spent part of the reserve (`quota.reserve`), so it wasn't sent. */
export class QuotaReserveError extends EvEnergyError {
  /** The `quota.reserve` that was set. */
  declare readonly reserve: number;
  /** Requests left of the rolling hour. */
  declare readonly remaining: number;
  /** Requests that an hour allows. If the reserve isn't below it, no wait helps. */
  declare readonly limit: number;
  /** When requests of this client leave the rolling hour, which makes room again. */
  declare readonly retryAt: Date;

  static {
    QuotaReserveError.prototype.name = 'QuotaReserveError';
  }

  constructor(
    message: string,
    details: { reserve: number; remaining: number; limit: number; retryAt: Date },
  ) {
    super(message);
    Object.assign(this, details);
  }
}

/** @param retryAt when there is room again, in milliseconds since 1970 */
export function reserveKept(
  reserve: number,
  left: number,
  limit: number,
  retryAt: number,
): QuotaReserveError {
  const again = new Date(retryAt);
  const message =
    reserve < limit
      ? `${left} requests are left of the rolling hour, and quota.reserve keeps ${reserve}: the request wasn't sent. Wait until ${again.toISOString()}, or lower the reserve`
      : `quota.reserve: ${reserve} is not below the limit of ${limit} requests an hour; lower it, or use a token, whose limit is higher`;
  return new QuotaReserveError(message, { reserve, remaining: left, limit, retryAt: again });
}
