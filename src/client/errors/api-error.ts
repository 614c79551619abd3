import { EvEnergyError } from './base.js';

/** Problem details (RFC 9457) with this API's extensions. */
export interface Problem {
  /** URI of the kind of problem; absent if the status says enough. */
  readonly type?: string;
  /** The kind of problem, in words. */
  readonly title?: string;
  /** What went wrong this time, in words. */
  readonly detail?: string;
  /** The status in the body; rely on `ApiError.status` instead. */
  readonly status?: number;
  /** URI of this occurrence, to name it to the API's support. */
  readonly instance?: string;
  /** Messages for each refused field. */
  readonly field_errors?: Readonly<Record<string, readonly string[]>>;
  /** Further information that some problems carry; its members depend on the problem. */
  readonly notification?: Readonly<Record<string, unknown>>;
  readonly [extension: string]: unknown;
}

/** What to make an `ApiError` from: the values of its members. */
export interface ApiErrorDetails {
  readonly message: string;
  readonly status: number;
  readonly problem: Problem | undefined;
  readonly headers: Headers;
  readonly operationId: string;
  readonly method: string;
  readonly url: string;
  readonly retryAfter: number | undefined;
}

/** The API answered with an error. The statuses that callers usually handle have their own subclasses. */
export class ApiError extends EvEnergyError {
  /**
   * HTTP status of the response; a `status` in the body doesn't change it. 0 for a redirect in a browser, which hides
   * it entirely (Fetch, 2.2.6).
   */
  declare readonly status: number;
  /** The problem details (RFC 9457), if the body holds any. */
  declare readonly problem: Problem | undefined;
  /** Response headers. */
  declare readonly headers: Headers;
  /** The document's id of the operation; for a path that it lacks, the method and the path. */
  declare readonly operationId: string;
  /** HTTP method, in capitals. */
  declare readonly method: string;
  /** Absolute URL of the request, without secrets. */
  declare readonly url: string;
  /** Seconds to wait, from `Retry-After` (RFC 9110, 10.2.3). */
  declare readonly retryAfter: number | undefined;

  static {
    ApiError.prototype.name = 'ApiError';
  }

  constructor(details: ApiErrorDetails) {
    super(details.message);
    Object.assign(this, details);
  }

  /** What a JSON log shows: everything but the headers. */
  toJSON(): object {
    const { name, message, status, problem, operationId, method, url, retryAfter } = this;
    return { name, message, status, problem, operationId, method, url, retryAfter };
  }
}
