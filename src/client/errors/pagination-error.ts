import { EvEnergyError } from './base.js';

/**
 * The `Link` header (RFC 8288) can't be followed: it can't be parsed, or leads to another origin or to a page already
 * seen. Or a collection can't be split into parts without losing items.
 */
export class PaginationError extends EvEnergyError {
  static {
    PaginationError.prototype.name = 'PaginationError';
  }
}
