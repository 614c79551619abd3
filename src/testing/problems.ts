import type { FakeResponse } from './http/exchange.js';

/** The parts of a problem besides status, title and detail. */
export interface ProblemDetails {
  /** Last part of the problem type's URL: `pagination-parameters`. Absent if the status says enough. */
  kind?: string;
  /** Messages for each refused field (`field_errors`). */
  fieldErrors?: Record<string, string[]>;
  /** Headers of the answer, such as `Retry-After`. */
  headers?: Record<string, string>;
  /** Statuses with the same meaning, in order of preference, if the document lacks the usual one. */
  instead?: readonly number[];
}

/** An error answer with problem details (RFC 9457). Behaviours throw it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly title: string;
  readonly details: ProblemDetails;

  constructor(status: number, title: string, detail: string, details: ProblemDetails = {}) {
    super(detail);
    this.status = status;
    this.title = title;
    this.details = details;
  }

  /**
   * The answer with this problem.
   *
   * @param types prefix of the problem types' URLs, with a slash at the end.
   * @param instance of the request: its path or URL.
   */
  response(types: string, instance: string | undefined): FakeResponse {
    const { kind, fieldErrors, headers } = this.details;
    return {
      status: this.status,
      headers: { 'Content-Type': 'application/problem+json', ...headers },
      body: {
        ...(kind ? { type: `${types}${kind}/` } : {}),
        title: this.title,
        detail: this.message,
        status: this.status,
        ...(instance === undefined ? {} : { instance }),
        ...(fieldErrors ? { field_errors: fieldErrors } : {}),
      },
    };
  }
}

export const invalidParameters = (fieldErrors: Record<string, string[]>, kind = 'parameters') =>
  new Problem(400, 'Validation failed', `Not valid: ${Object.keys(fieldErrors).join(', ')}.`, {
    kind: `validation-failed-${kind}`,
    fieldErrors,
  });

export const invalidPaging = (fieldErrors: Record<string, string[]>) =>
  new Problem(
    400,
    'Invalid pagination parameters',
    `Not valid: ${Object.keys(fieldErrors).join(', ')}. Follow the addresses of the Link header.`,
    { kind: 'pagination-parameters', fieldErrors },
  );

export const unauthorized = (detail: string, error?: 'invalid_token') =>
  new Problem(401, 'Unauthorized', detail, {
    headers: { 'WWW-Authenticate': `Bearer realm="api"${error ? `, error="${error}"` : ''}` },
  });

export const forbidden = (detail: string, headers: Record<string, string> = {}) =>
  new Problem(403, 'Forbidden', detail, { headers });

export const notFound = (detail: string) => new Problem(404, 'Not found', detail);

/** @param retryAfter value of Retry-After; null leaves it out. */
export function rateLimited(retryAfter: number | string | null): Problem {
  return new Problem(429, 'Rate limit exceeded', 'All requests of this hour are used up.', {
    kind: 'rate-limit-exceeded',
    headers: {
      'X-RateLimit-Remaining': '0',
      ...(retryAfter === null ? {} : { 'Retry-After': String(retryAfter) }),
    },
  });
}
