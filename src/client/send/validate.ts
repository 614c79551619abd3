import { ConfigurationError } from '../errors/configuration-error.js';
import { violationError } from '../exit/failure.js';
import type { Logger } from '../observe/logger.js';
import type { ValidateMode, Validators } from '../validation.js';
import type { ApiRequest, ApiResponse, Layer } from './request.js';

export interface Validation {
  readonly validators: Validators;
  readonly mode: ValidateMode;
  readonly logger: Logger;
}

/**
 * Checks a call's body for misspelt members, and its final answer against the document. Without validators this layer
 * does nothing.
 * @throws ConfigurationError for a misspelt member, ResponseValidationError for a success, both in the mode `'error'`
 */
export function validate(validation: Validation | undefined): Layer {
  if (!validation) return (next) => next;
  const { validators, logger } = validation;
  return (next) => async (request) => {
    const mode = request.validate ?? validation.mode;
    const wrong = mode === 'off' ? undefined : validators.misspelt?.(request.operation.id, bodyOf(request));
    if (wrong && mode === 'error') throw new ConfigurationError(wrong);
    if (wrong) logger.warn(wrong);
    const response = await next(request);
    if (mode === 'off' || !isChecked(request, response)) return response;
    const violations = validators({
      operationId: request.operation.id,
      status: response.status,
      contentType: response.headers.get('content-type'),
      data: await jsonOf(response),
    });
    if (violations.length === 0) return response;
    const error = violationError(request, response, violations);
    // For an error status the caller needs the status; that its body departs from the document is only logged.
    if (mode === 'error' && response.ok) throw error;
    logger.warn(error.message);
    return response;
  };
}

/**
 * There is nothing to check if the caller reads the body, if it is a file, or if a browser hides a redirect (Fetch,
 * 2.2.6).
 */
function isChecked({ reading, operation }: ApiRequest, { ok, status }: ApiResponse): boolean {
  return status !== 0 && !(ok && (reading !== 'text' || operation.answer !== undefined));
}

/** What was written as JSON; undefined if it is not JSON. */
function bodyOf({ body }: ApiRequest): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : undefined;
  } catch {
    return undefined;
  }
}

async function jsonOf(response: ApiResponse): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
