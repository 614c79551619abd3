import { EvEnergyError } from './base.js';

/** Sending the request would spend from the reserve (`quota.reserve`), so it wasn't sent. */
export class QuotaReserveError extends EvEnergyError {
  /** Requests to keep unspent, as set. */
  declare readonly reserve: number;
  /** Requests left of the rolling hour. */
  declare readonly remaining: number;
  /** When requests of this client's own leave the rolling hour, so that there is room again. */
  declare readonly retryAt: Date;

  static {
    QuotaReserveError.prototype.name = 'QuotaReserveError';
  }

  constructor(message: string, details: { reserve: number; remaining: number; retryAt: Date }) {
    super(message);
    Object.assign(this, details);
  }
}
