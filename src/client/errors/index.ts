export { ApiError, type ApiErrorDetails, type Problem } from './api-error.js';
export { EvEnergyError } from './base.js';
export { ConfigurationError } from './configuration-error.js';
export { ConnectionError, TimeoutError } from './connection-error.js';
export { OAuthError } from './oauth-error.js';
export { PaginationError } from './pagination-error.js';
export { QuotaReserveError } from './quota-reserve-error.js';
export { ResponseValidationError, type ResponseViolation } from './response-validation-error.js';
export {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  UnprocessableEntityError,
  UnreadableBodyError,
} from './status-errors.js';
