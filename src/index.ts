/**
 * The client, its options, its errors, and the types of the API.
 *
 * @module ev-energy-client
 */

// Every export is named. With `export *`, a schema of the document that has one of these names would hide it.

export type * from '../generated/client.js';
export type * from '../generated/models.js';
export type { Api, ApiInit } from './client/api/api.js';
export type { OAuthApplication } from './client/auth/application.js';
export {
  type AuthorizationRequest,
  type AuthorizationUrlOptions,
  authorizationUrl,
  type ExchangeCodeOptions,
  exchangeCode,
  type RevokeOptions,
  revoke,
} from './client/auth/authorization-code.js';
export { type ClientCredentialsOptions, clientCredentials } from './client/auth/client-credentials.js';
export { type RefreshTokenOptions, refreshToken } from './client/auth/refresh-token.js';
export type { TokenSource } from './client/auth/token-source.js';
export type { StoredTokens, TokenStore } from './client/auth/token-store.js';
export type { Tokens } from './client/auth/tokens.js';
export type { EnvironmentName } from './client/environment.js';
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
} from './client/errors/index.js';
export { EvEnergy } from './client/ev-energy.js';
export type { Logger, LogLevel } from './client/observe/logger.js';
export type { Observers, RequestEvent, ResponseEvent, RetryEvent } from './client/observe/observers.js';
export type {
  AccessTokenFunction,
  AppInfo,
  ArrayOptions,
  Backoff,
  BodyOptions,
  DerivedOptions,
  EvEnergyOptions,
  Fetch,
  HeaderValues,
  ListOptions,
  QuotaOptions,
  Redirect,
  RequestOptions,
} from './client/options.js';
export { Page } from './client/pages/page.js';
export { PagePromise } from './client/pages/page-promise.js';
export type { Quota, QuotaCount } from './client/quota/quota.js';
export type { QuotaBucket, QuotaRules, QuotaStore } from './client/quota/quota-store.js';
export { ApiPromise } from './client/resource/api-promise.js';
export type { Asking, Expanded, Given, Inlined, PerhapsExpanded } from './client/resource/expand.js';
export type { Answered, FormFields, OrDate, Sent } from './client/resource/wire-types.js';
export type { ApiResponse, ResponseHeaders } from './client/send/request.js';
export type { UploadFile, UploadOptions, UploadStream } from './client/upload/file.js';
export type { ServerChoice } from './client/url/base-url.js';
export type { AnswerToValidate, ValidateMode, Validators } from './client/validation.js';
export type { PathValue } from './client/wire/parameters.js';
