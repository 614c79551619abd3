import { EvEnergyError } from '../client/errors/base.js';

/** The API refuses some windows. The others are done, and another start tries these again. */
export class ExportError extends EvEnergyError {
  static {
    ExportError.prototype.name = 'ExportError';
  }
}

/** Statuses of what the API refuses to give of one parent, and may give of another. */
export const REFUSED: ReadonlySet<number> = new Set([400, 403, 404, 410, 422]);
