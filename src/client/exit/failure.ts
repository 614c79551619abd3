import type { ApiError, ApiErrorDetails, Problem } from '../errors/api-error.js';
import { ResponseValidationError, type ResponseViolation } from '../errors/response-validation-error.js';
import { statusClass, UnreadableBodyError } from '../errors/status-errors.js';
import type { OperationRow } from '../resource/operation-row.js';
import type { ApiRequest, ApiResponse } from '../send/request.js';
import { retryAfter } from '../wire/headers.js';
import { hiderOf, redactJson, redactResponseHeaders, shownOf } from './redact.js';
import { cut } from './redactor.js';

/** Most characters of a body that an error shows. */
const EXCERPT = 200;

/** Longest body, in characters, that is parsed as problem details. */
const LARGEST = 50_000;

/** Most characters of a header value that a message shows. */
const SHORT = 40;

/** Most violations that an error holds: a page of items may have thousands. */
const MOST_VIOLATIONS = 100;

/** Most characters of a violation's path or message. */
const VIOLATION = 300;

/** A response to make an error from. The error shows no secrets of the request's headers. */
export interface Failure {
  readonly request: ApiRequest;
  readonly response: ApiResponse;
  /** The response's body. */
  readonly text: string;
}

/** Makes the error for a status other than success. */
export function apiError(failure: Failure): ApiError {
  const { operation, url } = failure.request;
  const hide = hiderOf(failure.request, failure.response.headers);
  const problem = readProblem(failure.text, hide);
  const said = problem ? describe(problem) : excerpt(failure.text, hide);
  const { response } = failure;
  const message =
    response.type === 'opaqueredirect'
      ? hiddenRedirect(operation)
      : `${operation.id} failed with ${response.status}: ${said}. ${nextStep(operation, response, url)}`;
  const StatusError = statusClass(response.status);
  return new StatusError(details(failure, message, problem));
}

/** Makes the error for a success whose body can't be parsed as JSON. */
export function unreadableBody(failure: Failure): UnreadableBodyError {
  const { request, response, text } = failure;
  const type = cut(response.headers.get('content-type') ?? 'without content type', SHORT);
  const said = excerpt(text, hiderOf(request, response.headers));
  const message = `${request.operation.id} answered ${response.status}, but not with JSON (${type}): ${said}`;
  return new UnreadableBodyError(details(failure, message, undefined));
}

/** Makes the error for an answer that departs from the document. */
export function violationError(
  request: ApiRequest,
  { status }: ApiResponse,
  violations: readonly ResponseViolation[],
): ResponseValidationError {
  const hide = hiderOf(request);
  const safe = violations.slice(0, MOST_VIOLATIONS).map(({ path, message }) => ({
    path: hide(cut(path, VIOLATION)),
    message: hide(cut(message, VIOLATION)),
  }));
  return new ResponseValidationError(hide(request.operation.id), status, safe, violations.length);
}

/** The start of a body, on one line. Only as much of the body is processed as that needs. */
export function excerpt(text: string, hide: (text: string) => string): string {
  const start = text.trimStart();
  const line = hide(cut(start, 10 * EXCERPT))
    .trim()
    .replace(/\s+/g, ' ');
  if (line === '') return 'the body is empty';
  return cut(line, EXCERPT);
}

/** Explains an opaque-redirect filtered response (Fetch, 2.2.6): status 0, no headers, no body. */
function hiddenRedirect(operation: OperationRow): string {
  const step = operation.redirect
    ? 'Set the parameter that puts the answer into the body, if there is one, or call it outside a browser'
    : notFollowed();
  return `${operation.id} answered with a redirect, and a browser hides where it leads. ${step}`;
}

function details(
  { request, response }: Failure,
  message: string,
  problem: Problem | undefined,
): ApiErrorDetails {
  const hide = hiderOf(request);
  const headers = redactResponseHeaders(response.headers, hide);
  return {
    message: hide(message),
    status: response.status,
    problem,
    headers,
    ...shownOf(request),
    retryAfter: retryAfter(headers),
  };
}

function readProblem(text: string, hide: (text: string) => string): Problem | undefined {
  // Too large to be problem details.
  if (text.length > LARGEST) return undefined;
  try {
    const body = redactJson(JSON.parse(text), hide);
    return isRecord(body) ? { ...body } : undefined;
  } catch {
    return undefined;
  }
}

function describe(problem: Problem): string {
  // The server may send them in any shape.
  const errors: unknown = problem.field_errors ?? [];
  const fields = isRecord(errors)
    ? Object.entries(errors).map(([field, messages]) => `${field}: ${texts(messages)}`)
    : [texts(errors)];
  const parts = [problem.title, problem.detail, ...fields].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  // No full stop before a semicolon: the sentence goes on.
  const joined = parts.map((part) => String(part).replace(/\.$/, '')).join('; ');
  const said = parts.length > 0 ? joined : excerpt(JSON.stringify(problem), (text) => text);
  return cut(said, 10 * EXCERPT).replace(/\.$/, '');
}

function texts(value: unknown): string {
  return [value]
    .flat()
    .map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
    .join(' ');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nextStep(operation: OperationRow, response: ApiResponse, url: string): string {
  const { status, headers } = response;
  if (status >= 500) return 'The server failed; try again later';
  if (status === 304)
    return 'Nothing has changed; leave out the header if-none-match or if-modified-since to get it anyway';
  if (status >= 300 && status < 400) return notFollowed(` (here to ${origin(headers.get('location'), url)})`);
  const allow = headers.get('allow');
  return (
    {
      400: 'Correct the parameters that are named',
      401: 'Set clientId and clientSecret, or an accessToken that is still good',
      403: operation.scope
        ? `The token needs the scope ${operation.scope}, and access to the resource`
        : 'The token may not do this',
      404: 'Check the id; what the token may not see is also not found',
      405: `Use a method that the path takes${allow ? `: ${cut(allow, EXCERPT)}` : ''}`,
      406: 'Set accept to a media type that the API gives, or leave it out',
      409: 'Read the resource again before changing it',
      410: 'It is gone for good; stop asking for it',
      415: 'Set content-type to a media type that the API takes',
      422: 'Correct the fields that are named',
      429: `Wait ${wait(headers)}, or set quota to pace the requests`,
    }[status] ?? 'Correct the request; as it is, it fails again'
  );
}

function wait(headers: Pick<Headers, 'get'>): string {
  if (retryAfter(headers) === undefined) return 'a while';
  const value = cut(`${headers.get('retry-after')}`, SHORT);
  return /^\d/.test(value) ? `${value} s` : `until ${value}`;
}

function notFollowed(where = ''): string {
  return `Redirects${where} aren't followed, so that the token stays where it belongs; check baseUrl`;
}

function origin(location: string | null, url: string): string {
  return location !== null && URL.canParse(location, url)
    ? new URL(location, url).origin
    : 'an unknown place';
}
