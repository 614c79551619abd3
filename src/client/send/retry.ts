import { ConnectionError } from '../errors/connection-error.js';
import type { Watch } from '../observe/watch.js';
import { sleep } from '../wait/abort.js';
import type { ApiResponse, Layer } from './request.js';

/** When and how long to wait before an attempt is repeated. */
export interface RetryPolicy {
  /** Attempts after the first. */
  readonly maxRetries: number;
  /** Longest wait that is still waited, in milliseconds. */
  readonly maxWait: number;
  /** Upper bound of the first wait, in milliseconds. */
  readonly initial: number;
  /** Upper bound of any wait that the server didn't ask for, in milliseconds. */
  readonly max: number;
}

/** Repeats an attempt that failed, after a wait, where a repetition can do no harm. */
export function retry(policy: RetryPolicy, watch: Watch | undefined): Layer {
  return (next) => async (request) => {
    const { method, signal } = request;
    const own = { ...policy, maxRetries: request.maxRetries ?? policy.maxRetries };
    for (let attempt = 1; ; attempt++) {
      let response: ApiResponse | undefined;
      let error: unknown;
      const sent = request.call.attempt;
      try {
        response = await next(request);
        if (response.ok) return response;
      } catch (thrown) {
        // What ended before anything was sent, such as the wait for a token, isn't the server's doing.
        if (!(thrown instanceof ConnectionError) || request.call.attempt === sent) throw thrown;
        error = thrown;
      }
      const delay = retryDelay(own, method, attempt, response?.status, response?.headers);
      if (delay === undefined) {
        if (response) return response;
        throw error;
      }
      watch?.retry(request, delay, response?.status, error);
      await sleep(delay, signal);
    }
  };
}

/** RFC 9110, 9.2.1: only these can be repeated without knowing whether the first attempt had an effect. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Milliseconds to wait before the next attempt; undefined where there should be none.
 * @param status of the response; undefined where none came (network error, timeout)
 * @param attempt the one that failed, counted from 1
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
  // Full jitter: clients that failed together don't come back together.
  return Math.random() * Math.min(policy.max, policy.initial * 2 ** (attempt - 1), policy.maxWait);
}

/** The date forms of RFC 9110, 5.6.7; `Date.parse` alone takes nearly any text with a number in it. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d{2}:\d{2}:\d{2}/;

/** Seconds that `Retry-After` asks to wait (RFC 9110, 10.2.3); undefined where it is absent or unreadable. */
export function retryAfter(headers: Pick<Headers, 'get'>): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const until = httpDate(value);
  if (until === undefined) return undefined;
  // Against the server's own clock, where it tells: ours may be wrong.
  const now = httpDate(headers.get('date') ?? '') ?? Date.now();
  return Math.max(0, (until - now) / 1000);
}

function httpDate(value: string): number | undefined {
  if (!HTTP_DATE.test(value)) return undefined;
  const time = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(time) ? undefined : time;
}
