import { EvEnergyError } from './base.js';

/** Problem details (RFC 9457) with this API's extensions. */
export interface Problem {
  /** URI of the kind of problem; absent where the status says enough. */
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  /** As the body says it; `ApiError.status` is the one that counts. */
  readonly status?: number;
  readonly instance?: string;
  /** Messages for each field that was refused. */
  readonly field_errors?: Readonly<Record<string, readonly string[]>>;
  readonly notification?: Readonly<Record<string, unknown>>;
  readonly [extension: string]: unknown;
}

/** What an `ApiError` is made of. */
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

/** The API answered with an error. Statuses that callers handle apart have a subclass each. */
export class ApiError extends EvEnergyError {
  /**
   * HTTP status of the response; a `status` in the body doesn't change it. 0 for a redirect in a browser, which hides
   * all of it (Fetch, 2.2.6).
   */
  readonly status: number;
  /** The problem details (RFC 9457), where the body holds some. */
  readonly problem: Problem | undefined;
  /** Response headers. */
  readonly headers: Headers;
  readonly operationId: string;
  readonly method: string;
  readonly url: string;
  /** Seconds that `Retry-After` asks to wait (RFC 9110, 10.2.3). */
  readonly retryAfter: number | undefined;

  static {
    ApiError.prototype.name = 'ApiError';
  }

  constructor(details: ApiErrorDetails) {
    super(details.message);
    this.status = details.status;
    this.problem = details.problem;
    this.headers = details.headers;
    this.operationId = details.operationId;
    this.method = details.method;
    this.url = details.url;
    this.retryAfter = details.retryAfter;
  }

  toJSON(): object {
    const { name, message, status, problem, operationId, method, url, retryAfter } = this;
    return { name, message, status, problem, operationId, method, url, retryAfter };
  }
}
