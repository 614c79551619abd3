import { violationError } from '../exit/violation.js';
import type { Logger } from '../observe/logger.js';
import type { ValidateMode, Validators } from '../validation.js';
import type { ApiRequest, ApiResponse, Layer } from './request.js';

export interface Validation {
  readonly validators: Validators;
  readonly mode: ValidateMode;
  readonly logger: Logger;
}

/**
 * Checks the answer that a call ends with against the document. Without validators there is nothing to check with.
 * @throws ResponseValidationError in the mode `'error'`, for a success
 */
export function validate(validation: Validation | undefined): Layer {
  if (!validation) return (next) => next;
  const { validators, logger } = validation;
  return (next) => async (request) => {
    const response = await next(request);
    const mode = request.validate ?? validation.mode;
    if (mode === 'off' || !isChecked(request, response)) return response;
    const violations = validators({
      operationId: request.operation.id,
      status: response.status,
      contentType: response.headers.get('content-type'),
      data: await jsonOf(response),
    });
    if (violations.length === 0) return response;
    const error = violationError(request, response, violations);
    // The status of an error is the news; how its body departs from the document only goes to the log.
    if (mode === 'error' && response.ok) throw error;
    logger.warn(error.message);
    return response;
  };
}

/** A body that the caller reads, a file, and what a browser hides of a redirect (Fetch, 2.2.6) can't be checked. */
function isChecked({ reading, operation }: ApiRequest, { ok, status }: ApiResponse): boolean {
  return status !== 0 && !(ok && (reading !== 'text' || operation.answer !== undefined));
}

async function jsonOf(response: ApiResponse): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
