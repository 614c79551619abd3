// Named one by one: a schema of the document that has one of these names must not hide it.

export type * from '../generated/client.js';
export type * from '../generated/models.js';
export { ApiPromise } from './api-promise.js';
export type { OAuthApplication } from './auth/application.js';
export {
  type AuthorizationRequest,
  type AuthorizationUrlOptions,
  authorizationUrl,
  type ExchangeCodeOptions,
  exchangeCode,
  type RevokeOptions,
  revoke,
} from './auth/authorization-code.js';
export { type ClientCredentialsOptions, clientCredentials } from './auth/client-credentials.js';
export { type RefreshTokenOptions, refreshToken } from './auth/refresh-token.js';
export type { TokenSource } from './auth/token-source.js';
export type { Tokens } from './auth/tokens.js';
export { EvEnergy } from './client.js';
export type { EnvironmentName } from './environment.js';
export {
  ApiError,
  type ApiErrorDetails,
  AuthenticationError,
  BadRequestError,
  ConfigurationError,
  ConflictError,
  ConnectionError,
  EvEnergyError,
  NotFoundError,
  OAuthError,
  PaginationError,
  PermissionDeniedError,
  type Problem,
  QuotaReserveError,
  RateLimitError,
  ResponseValidationError,
  type ResponseViolation,
  ServerError,
  TimeoutError,
  UnprocessableEntityError,
  UnreadableBodyError,
} from './errors/index.js';
export type { Asking, Expanded, Given, Inlined, PerhapsExpanded } from './expand.js';
export type { Logger, LogLevel } from './logger.js';
export type { Observers, RequestEvent, ResponseEvent, RetryEvent } from './observers.js';
export type {
  AccessTokenFunction,
  AppInfo,
  Backoff,
  EvEnergyOptions,
  Fetch,
  HeaderValues,
  ListOptions,
  QuotaOptions,
  Redirect,
  RequestOptions,
  ValidateMode,
} from './options.js';
export { Page, PagePromise } from './pagination.js';
export type { Quota, QuotaCount } from './quota.js';
export type { OpenRequest, RequestArguments, RequestResult } from './request-types.js';
export type { ServerChoice } from './url/base-url.js';
export type { PathValue } from './url/path.js';
