import { ResponseValidationError, type ResponseViolation } from '../errors/response-validation-error.js';
import type { ApiRequest, ApiResponse } from '../send/request.js';
import { hiderOf } from './redact.js';
import { cut } from './redactor.js';

/** Makes the error for an answer that departs from the document. */
export function violationError(
  request: ApiRequest,
  { status }: ApiResponse,
  violations: readonly ResponseViolation[],
): ResponseValidationError {
  const hide = hiderOf(request);
  const safe = violations
    .slice(0, MOST)
    .map(({ path, message }) => ({ path: hide(cut(path, LENGTH)), message: hide(cut(message, LENGTH)) }));
  return new ResponseValidationError(hide(request.operation.id), status, safe, violations.length);
}

/** Most violations that an error holds: a page of items may have thousands. */
const MOST = 100;

/** Most characters of a violation's path or message. */
const LENGTH = 300;
