import { ApiError, type ApiErrorDetails } from './api-error.js';

/** 400: a parameter, header or body was refused; `problem.field_errors` says which. */
export class BadRequestError extends ApiError {
  static {
    BadRequestError.prototype.name = 'BadRequestError';
  }
}

/** 401: no token, or one that the API doesn't accept (even after it was renewed). */
export class AuthenticationError extends ApiError {
  static {
    AuthenticationError.prototype.name = 'AuthenticationError';
  }
}

/** 403: the token is valid, but doesn't allow this. */
export class PermissionDeniedError extends ApiError {
  static {
    PermissionDeniedError.prototype.name = 'PermissionDeniedError';
  }
}

/** 404: it doesn't exist, or this token may not see it. */
export class NotFoundError extends ApiError {
  static {
    NotFoundError.prototype.name = 'NotFoundError';
  }
}

/** 409: the resource's current state doesn't allow it. */
export class ConflictError extends ApiError {
  static {
    ConflictError.prototype.name = 'ConflictError';
  }
}

/** 422: the request was understood, but its content was refused. */
export class UnprocessableEntityError extends ApiError {
  static {
    UnprocessableEntityError.prototype.name = 'UnprocessableEntityError';
  }
}

/** 429: the rolling hour's requests are spent; `retryAfter` says how many seconds to wait. */
export class RateLimitError extends ApiError {
  static {
    RateLimitError.prototype.name = 'RateLimitError';
  }
}

/** 5xx: the server failed. */
export class ServerError extends ApiError {
  static {
    ServerError.prototype.name = 'ServerError';
  }
}

/** A success whose body isn't the JSON that the operation promises; the message shows how the body starts. */
export class UnreadableBodyError extends ApiError {
  static {
    UnreadableBodyError.prototype.name = 'UnreadableBodyError';
  }
}

const BY_STATUS: Readonly<Record<number, new (details: ApiErrorDetails) => ApiError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableEntityError,
  429: RateLimitError,
};

/** The class of the errors with a status. */
export function statusClass(status: number): new (details: ApiErrorDetails) => ApiError {
  return BY_STATUS[status] ?? (status >= 500 ? ServerError : ApiError);
}
