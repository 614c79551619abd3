import { Problem, unauthorized } from '../api/problems.js';
import { rateLimited as rateLimitProblem } from '../api/rate-limit.js';
import { oauthFailure } from '../oauth/errors.js';
import { Random } from '../random.js';
import type { Endpoint, FakeRequest, FakeResponse } from '../world.js';

/** Something that goes wrong with one request. */
export type Fault =
  /** The answer comes late. */
  | { kind: 'latency'; milliseconds: number }
  /** The API answers with an error of its own, with its headers. */
  | { kind: 'problem'; problem: Problem }
  /** Something in front of the API answers. */
  | { kind: 'response'; response: FakeResponse; endpoint?: Endpoint }
  /** The connection breaks before an answer comes. The request has no effect. */
  | { kind: 'reset' }
  /** The connection breaks in the middle of the body. The request had its effect. */
  | { kind: 'cut' };

/** @param milliseconds Infinity for an answer that never comes. */
export const latency = (milliseconds: number): Fault => ({ kind: 'latency', milliseconds });

/** 429. @param retryAfter seconds, a moment (sent as HTTP date), any text, or null to leave the header out. */
export function rateLimited(retryAfter: number | Date | string | null = 1): Fault {
  const value = retryAfter instanceof Date ? retryAfter.toUTCString() : retryAfter;
  return { kind: 'problem', problem: rateLimitProblem(value) };
}

/** 503 of the API or, with `body`, of something in front of it; an empty text means no body at all. */
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

/** Any answer instead of the right one. */
export const answering = (response: FakeResponse): Fault => ({ kind: 'response', response });

export const reset = (): Fault => ({ kind: 'reset' });

export const cutBody = (): Fault => ({ kind: 'cut' });

/** The access token is no longer good, whatever it is: 401. */
export const staleToken = (): Fault => ({
  kind: 'problem',
  problem: unauthorized('The access token has expired, was revoked or is unknown.', 'invalid_token'),
});

/** The token endpoint answers with an OAuth error (RFC 6749, section 5.2). */
export function tokenFailure(status = 400, error = 'invalid_client', description = 'Told to fail'): Fault {
  return { kind: 'response', endpoint: 'token', response: oauthFailure(status, error, description) };
}

/** Which requests a fault is for. */
export interface Where {
  /** Default: the API, for `tokenFailure` the token endpoint. */
  endpoint?: Endpoint;
  /** Only requests for which this holds. */
  request?: (request: FakeRequest) => boolean;
}

export interface RandomFaults {
  /** Of each so many requests in a row one fails, at random which. */
  oneIn: number;
  /** At random one of these. */
  faults: readonly Fault[];
  /** Default 1. */
  seed?: number;
}

/** The faults that have been ordered and not yet happened. */
export class Faults {
  #queue: { fault: Fault; where: Where }[] = [];
  #plan: ((request: FakeRequest) => Fault | undefined) | undefined;

  /** The next request gets this fault; faults ordered before come first. */
  next(fault: Fault, options: Where & { times?: number } = {}): this {
    const { times = 1, ...where } = options;
    const own = 'endpoint' in fault && fault.endpoint ? { endpoint: fault.endpoint } : {};
    for (let time = 0; time < times; time += 1) this.#queue.push({ fault, where: { ...own, ...where } });
    return this;
  }

  /** Requests to the API get what this gives for them. */
  plan(choose: (request: FakeRequest) => Fault | undefined): this {
    this.#plan = choose;
    return this;
  }

  /** Requests to the API fail at random, but the same with the same seed. */
  randomly({ oneIn, faults, seed = 1 }: RandomFaults): this {
    const random = new Random(seed);
    let position = 0;
    let failing = 0;
    return this.plan(() => {
      if (position % oneIn === 0) failing = random.integer(0, oneIn - 1);
      const fails = position % oneIn === failing;
      position += 1;
      return fails ? random.pick(faults) : undefined;
    });
  }

  /** Nothing goes wrong any more. */
  clear(): void {
    this.#queue = [];
    this.#plan = undefined;
  }

  /** The fault that a request gets. */
  take(request: FakeRequest, endpoint: Endpoint): Fault | undefined {
    const index = this.#queue.findIndex(
      ({ where }) => (where.endpoint ?? 'api') === endpoint && (where.request?.(request) ?? true),
    );
    if (index >= 0) return this.#queue.splice(index, 1)[0]?.fault;
    return endpoint === 'api' ? this.#plan?.(request) : undefined;
  }
}
