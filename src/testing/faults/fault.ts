import { checkAll, wholeNumber } from '../check-options.js';
import type { Endpoint, FakeResponse } from '../http/exchange.js';
import { oauthFailure } from '../oauth/errors.js';
import { Problem, rateLimited as rateLimitProblem, unauthorized } from '../problems.js';

/** Something that goes wrong with one request. */
export type Fault =
  /** The answer is delayed. */
  | { kind: 'latency'; milliseconds: number }
  /** The API answers with an error of its own, with its headers. */
  | { kind: 'problem'; problem: Problem }
  /** Something in front of the API answers. */
  | { kind: 'response'; response: FakeResponse; endpoint?: Endpoint }
  /** The connection breaks before an answer comes. The request has no effect. */
  | { kind: 'reset' }
  /** The connection breaks in the middle of the body. The request had its effect. */
  | { kind: 'cut' };

/**
 * Delays the answer. A caller who gives up gets no answer, but the request still has its effect.
 *
 * @param milliseconds Infinity for an answer that never comes.
 * @throws RangeError for anything but a whole number from 0, or Infinity.
 */
export function latency(milliseconds: number): Fault {
  checkAll('', { milliseconds }, { milliseconds: wholeNumber(0, Number.POSITIVE_INFINITY) });
  return { kind: 'latency', milliseconds };
}

/** 429. @param retryAfter seconds, a date (sent as HTTP date), any text, or null to leave the header out. */
export function rateLimited(retryAfter: number | Date | string | null = 1): Fault {
  const value = retryAfter instanceof Date ? retryAfter.toUTCString() : retryAfter;
  return { kind: 'problem', problem: rateLimitProblem(value) };
}

/** 503 from the API or, with `body`, from something in front of it; an empty text means no body at all. */
export function unavailable(options: { body?: string; retryAfter?: number | string } = {}): Fault {
  const { body, retryAfter } = options;
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  if (body === undefined) {
    const problem = new Problem(503, 'Service unavailable', 'The API is down for maintenance.', { headers });
    return { kind: 'problem', problem };
  }
  const type: Record<string, string> = body === '' ? {} : { 'Content-Type': 'text/html' };
  return { kind: 'response', response: { status: 503, headers: { ...type, ...headers }, body } };
}

/**
 * Any answer instead of the right one.
 *
 * @throws RangeError for a status that isn't from 200 to 599.
 */
export function answering(response: FakeResponse): Fault {
  checkAll('', { status: response.status }, { status: wholeNumber(200, 599) });
  return { kind: 'response', response };
}

/** The connection breaks before an answer comes: the request has no effect. */
export const reset = (): Fault => ({ kind: 'reset' });

/** The connection breaks in the middle of the body: the request had its effect. */
export const cutBody = (): Fault => ({ kind: 'cut' });

/** 401: the access token is no longer valid, whichever it is. */
export const staleToken = (): Fault => ({
  kind: 'problem',
  problem: unauthorized('The access token has expired, was revoked or is unknown.', 'invalid_token'),
});

/** The token endpoint answers with an OAuth error (RFC 6749, section 5.2). */
export function tokenFailure(status = 400, error = 'invalid_client', description = 'Told to fail'): Fault {
  return { kind: 'response', endpoint: 'token', response: oauthFailure(status, error, description) };
}
