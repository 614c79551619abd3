import { EvEnergyError } from '../client/errors/base.js';

/** The API refused some windows. The others are done; another start tries the refused ones again. */
export class ExportError extends EvEnergyError {
  static {
    ExportError.prototype.name = 'ExportError';
  }
}

/** Statuses with which the API may refuse one parent but not another. */
export const REFUSED: ReadonlySet<number> = new Set([400, 403, 404, 410, 422]);
