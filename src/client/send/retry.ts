import { ConnectionError } from '../errors/connection-error.js';
import { shownOf } from '../exit/redact.js';
import type { Watch } from '../observe/watch.js';
import { sleep } from '../wait/abort.js';
import { retryAfter } from '../wire/headers.js';
import type { ApiRequest, ApiResponse, Layer } from './request.js';
import { ReadResponse } from './response.js';

/** When to repeat an attempt, and how long to wait before. */
export interface RetryPolicy {
  /** Attempts after the first. */
  readonly maxRetries: number;
  /** Longest wait, in milliseconds; if the server asks for more, there is no retry. */
  readonly maxWait: number;
  /** Upper bound of the first wait, in milliseconds. */
  readonly initial: number;
  /** Upper bound of any wait that the server didn't ask for, in milliseconds. */
  readonly max: number;
}

/** Repeats a failed attempt after a wait, if that can do no harm. */
export function retry(policy: RetryPolicy, watch: Watch | undefined): Layer {
  return (next) => async (request) => {
    const { method, signal, maxRetries = policy.maxRetries } = request;
    for (let attempt = 1; ; attempt++) {
      let response: ApiResponse | undefined;
      let error: unknown;
      const sent = request.call.attempt;
      try {
        response = await next(request);
        if (response.ok) {
          if (!endsEarly(request, response)) return response;
          error = incomplete(request);
        }
      } catch (thrown) {
        // Only an error after something was sent may be the server's fault. One before that, say while waiting for a
        // token, isn't.
        if (!(thrown instanceof ConnectionError) || request.call.attempt === sent) throw thrown;
        error = thrown;
      }
      const status = error ? undefined : response?.status;
      const delay = retryDelay({ ...policy, maxRetries }, method, attempt, status, response?.headers);
      if (delay === undefined) {
        if (response) return response;
        throw error;
      }
      watch?.retry(request, delay, status, error);
      await sleep(delay, signal);
    }
  };
}

/** RFC 9110, 9.2.1: only these can be repeated if we don't know whether the first attempt had an effect. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Whether the JSON of a success breaks off without the transport noticing: inside gzip, or if the body ends with the
 * connection. Other methods than the safe ones aren't repeated, so we don't check them.
 */
function endsEarly({ method, reading, operation }: ApiRequest, response: ApiResponse): boolean {
  if (
    !SAFE.has(method) ||
    method === 'HEAD' ||
    reading !== 'text' ||
    operation.answer ||
    !(response instanceof ReadResponse)
  )
    return false;
  if (!/[/+]json\b/i.test(response.headers.get('content-type') ?? '')) return false;
  const text = String(response.content);
  // Cut before the first byte, unless the server says that this is all.
  if (text === '')
    return response.status === 200 && !operation.empty && response.headers.get('content-length') !== '0';
  // An HTML page instead of JSON won't be any better next time.
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    response.parse();
    return false;
  } catch {
    return true;
  }
}

function incomplete(request: ApiRequest): ConnectionError {
  const why = `${request.operation.id} got no complete answer: its JSON breaks off`;
  return new ConnectionError(why, shownOf(request));
}

/**
 * Milliseconds to wait before the next attempt; undefined for no further attempt.
 * @param status of the response; undefined if none came (network error, timeout)
 * @param attempt number of the failed attempt, counted from 1
 */
export function retryDelay(
  policy: RetryPolicy,
  method: string,
  attempt: number,
  status: number | undefined,
  headers: Pick<Headers, 'get'> | undefined,
): number | undefined {
  if (attempt > policy.maxRetries) return undefined;
  if (status !== 429 && !(SAFE.has(method) && (status === undefined || status >= 500))) return undefined;
  const asked = headers && retryAfter(headers);
  if (asked !== undefined) return asked * 1000 > policy.maxWait ? undefined : asked * 1000;
  // Full jitter, so that clients that failed together don't come back together.
  return Math.random() * Math.min(policy.max, policy.initial * 2 ** (attempt - 1), policy.maxWait);
}
