import { EvEnergyError } from './base.js';

/** Sending the request would spend from the reserve (`quota.reserve`), so it wasn't sent. */
export class QuotaReserveError extends EvEnergyError {
  /** Requests to keep unspent, as set. */
  readonly reserve: number;
  /** Requests left of the rolling hour. */
  readonly remaining: number;
  /** When requests of this client's own leave the rolling hour, so that there is room again. */
  readonly retryAt: Date;

  static {
    QuotaReserveError.prototype.name = 'QuotaReserveError';
  }

  constructor(message: string, details: { reserve: number; remaining: number; retryAt: Date }) {
    super(message);
    this.reserve = details.reserve;
    this.remaining = details.remaining;
    this.retryAt = details.retryAt;
  }
}
