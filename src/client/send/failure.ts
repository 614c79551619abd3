import type { ApiError, ApiErrorDetails } from '../errors/api-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { excerpt } from '../errors/excerpt.js';
import type { Problem } from '../errors/problem.js';
import { statusError } from '../errors/status-errors.js';
import { UnreadableBodyError } from '../errors/unreadable-body-error.js';
import { bodyHiderOf, redactJson, redactResponseHeaders } from '../observe/redact.js';
import type { HeaderFields } from '../request/headers.js';
import type { OperationRow } from '../resource/operation-row.js';
import type { Outcome } from './attempt.js';
import type { Answer, Call } from './core.js';
import { retryAfter } from './retry.js';

/** What a status other than success comes to: what `anyStatus` asks for, a documented redirect, or an error. */
export function failure(
  call: Call,
  url: string,
  { response, text = '' }: Outcome,
  sent: HeaderFields,
): Answer {
  const { status, headers } = response;
  if (call.anyStatus) return { data: parsed(text), response };
  const location = headers.get('location');
  if (call.row.redirect && status >= 300 && status < 400 && location && URL.canParse(location, url))
    return { data: { status, location: new URL(location, url).href }, response };
  throw apiError({ row: call.row, url, response, text, sent });
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @throws ConfigurationError: no credentials are there for an operation that needs some */
export function noToken({ id }: OperationRow): never {
  throw new ConfigurationError(
    `${id} needs a token: set accessToken, or clientId and clientSecret (or the environment variable EV_ENERGY_ACCESS_TOKEN, or EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET)`,
  );
}

/** A response that an error is made of. What is secret of the headers that were `sent` is left out of what it says. */
export interface Failure {
  readonly row: OperationRow;
  readonly url: string;
  readonly response: Response;
  readonly text: string;
  readonly sent: HeaderFields;
}

/** The error of a status other than success. */
function apiError(failure: Failure): ApiError {
  const { row, response } = failure;
  const hide = bodyHiderOf(failure.sent);
  const problem = readProblem(failure.text, hide);
  const said = problem ? describe(problem) : excerpt(hide(failure.text));
  const message =
    response.type === 'opaqueredirect'
      ? hiddenRedirect(row)
      : `${row.id} failed with ${response.status}: ${said}. ${nextStep(row, response, failure.url)}`;
  return statusError(details(failure, message, problem));
}

/** What an opaque-redirect filtered response means (Fetch, 2.2.6): a status 0 with neither headers nor body. */
function hiddenRedirect(row: OperationRow): string {
  const step = row.redirect
    ? 'Set the parameter that has the answer sent in the body, where there is one, or call it outside of a browser'
    : notFollowed();
  return `${row.id} answered with a redirect, and a browser hides where it leads. ${step}`;
}

/** The error of a success whose body can't be read as JSON. */
export function unreadableBody(failure: Failure): UnreadableBodyError {
  const { row, response } = failure;
  const type = response.headers.get('content-type') ?? 'without content type';
  const said = excerpt(bodyHiderOf(failure.sent)(failure.text));
  return new UnreadableBodyError(
    details(
      failure,
      `${row.id} answered ${response.status}, but not with JSON (${type}): ${said}`,
      undefined,
    ),
  );
}

function details(failure: Failure, message: string, problem: Problem | undefined): ApiErrorDetails {
  const { row, response, url } = failure;
  const hide = bodyHiderOf(failure.sent);
  const { status } = response;
  const headers = redactResponseHeaders(response.headers, hide);
  return {
    message: hide(message),
    status,
    problem,
    headers,
    operationId: row.id,
    method: row.method,
    url,
    retryAfter: retryAfter(headers),
  };
}

function readProblem(text: string, hide: (text: string) => string): Problem | undefined {
  try {
    // Once parsed: an escape may stand within the secret.
    const body = redactJson(JSON.parse(text), hide);
    return isRecord(body) ? { ...body } : undefined;
  } catch {
    return undefined;
  }
}

function describe(problem: Problem): string {
  // Whatever shape the server gives them.
  const errors: unknown = problem.field_errors ?? [];
  const fields = isRecord(errors)
    ? Object.entries(errors).map(([field, messages]) => `${field}: ${texts(messages)}`)
    : [texts(errors)];
  const parts = [problem.title, problem.detail, ...fields].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  return (parts.length > 0 ? parts.join('; ') : excerpt(JSON.stringify(problem))).replace(/\.$/, '');
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

function nextStep(row: OperationRow, response: Response, url: string): string {
  const { status, headers } = response;
  if (status >= 500) return 'The server failed; try again later';
  if (status === 304)
    return 'Nothing has changed; leave the header if-none-match or if-modified-since out to get it all the same';
  if (status >= 300 && status < 400) return notFollowed(` (here to ${origin(headers.get('location'), url)})`);
  const allow = headers.get('allow');
  return (
    {
      400: 'Correct the parameters that are named',
      401: 'Set clientId and clientSecret, or an accessToken that is still good',
      403: row.scope
        ? `The token needs the scope ${row.scope}, and access to the resource`
        : 'The token may not do this',
      404: 'Check the id; what the token may not see is also not found',
      405: `Use a method that the path takes${allow ? `: ${allow}` : ''}`,
      406: 'Set accept to a media type that the API gives, or leave it out',
      409: 'Read the resource again before changing it',
      410: 'It is gone for good; stop asking for it',
      415: 'Set content-type to a media type that the API takes',
      422: 'Correct the fields that are named',
      429: `Wait ${wait(headers)}, or set quota to pace the requests`,
    }[status] ?? 'Correct the request; as it is, it fails again'
  );
}

function wait(headers: Headers): string {
  if (retryAfter(headers) === undefined) return 'a while';
  const value = headers.get('retry-after');
  return /^\d+$/.test(`${value}`) ? `${value} s` : `until ${value}`;
}

function notFollowed(where = ''): string {
  return `Redirects${where} aren't followed, so that the token stays where it belongs; check baseUrl`;
}

function origin(location: string | null, url: string): string {
  return location !== null && URL.canParse(location, url)
    ? new URL(location, url).origin
    : 'an unknown place';
}
