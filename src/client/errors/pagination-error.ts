import { EvEnergyError } from './base.js';

/**
 * The `Link` header (RFC 8288) can't be followed: unparsable, to a foreign origin, or to a page already seen; or a
 * collection can't be walked in parts without loss.
 */
export class PaginationError extends EvEnergyError {
  static {
    PaginationError.prototype.name = 'PaginationError';
  }
}
