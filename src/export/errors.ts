import { ApiError } from '../client/errors/api-error.js';
import { EvEnergyError } from '../client/errors/base.js';
import { ConfigurationError } from '../client/errors/configuration-error.js';
import { OAuthError } from '../client/errors/oauth-error.js';
import { PaginationError } from '../client/errors/pagination-error.js';
import { QuotaReserveError } from '../client/errors/quota-reserve-error.js';
import { AuthenticationError, ServerError } from '../client/errors/status-errors.js';

/**
 * The API refused some windows, failed for them, or returned items without a time. The others are done; the next start
 * tries these again.
 */
export class ExportError extends EvEnergyError {
  static {
    ExportError.prototype.name = 'ExportError';
  }
}

/** Statuses with which the API may refuse one parent but not another. */
const REFUSED: ReadonlySet<number> = new Set([400, 403, 404, 410, 422]);

/** Whether the API refuses what was asked for. */
export function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && REFUSED.has(error.status);
}

/**
 * Whether the error is about one parent, so that others can still be exported: the API refuses it, its data makes the
 * server fail, or its items can't be requested by time.
 */
export function concernsOne(error: unknown): error is EvEnergyError {
  return isRefusal(error) || error instanceof ServerError || error instanceof PaginationError;
}

/**
 * Failed attempts at a window before a 401 means that the credentials are wrong: a token may expire while it is being
 * used.
 */
const ACCIDENTS = 2;

/**
 * Whether the error would meet every window, now and later: somebody has to correct an option, the sink or the
 * credentials. If a token endpoint is busy or fails, we only wait.
 *
 * @param failed attempts at the window before this one
 */
export function concernsAll(error: unknown, failed: number): boolean {
  if (error instanceof AuthenticationError) return failed >= ACCIDENTS;
  if (error instanceof QuotaReserveError || error instanceof ConfigurationError) return true;
  if (!(error instanceof OAuthError)) return false;
  const { code, status = 0 } = error;
  return code === 'invalid_grant' || (status >= 400 && status < 500 && ![408, 425, 429].includes(status));
}
