import { ConnectionError } from '../errors/connection-error.js';
import { shownOf } from '../exit/redact.js';
import type { Watch } from '../observe/watch.js';
import { sleep } from '../wait/abort.js';
import { retryAfter } from '../wire/retry-after.js';
import type { ApiRequest, ApiResponse, Layer } from './request.js';
import { ReadResponse } from './response.js';

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
        if (response.ok) {
          if (!(await endsEarly(request, response))) return response;
          error = incomplete(request);
        }
      } catch (thrown) {
        // What ended before anything was sent, such as the wait for a token, isn't the server's doing.
        if (!(thrown instanceof ConnectionError) || request.call.attempt === sent) throw thrown;
        error = thrown;
      }
      const status = error ? undefined : response?.status;
      const delay = retryDelay(own, method, attempt, status, response?.headers);
      if (delay === undefined) {
        if (response) return response;
        throw error;
      }
      watch?.retry(request, delay, status, error);
      await sleep(delay, signal);
    }
  };
}

/** RFC 9110, 9.2.1: only these can be repeated without knowing whether the first attempt had an effect. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Whether the JSON of a success breaks off, which no length has told: within gzip, or where the end of the connection is
 * that of the body. A request that isn't safe isn't sent again, so nobody needs to know.
 */
async function endsEarly(
  { method, reading, operation }: ApiRequest,
  response: ApiResponse,
): Promise<boolean> {
  if (!SAFE.has(method) || reading !== 'text' || operation.answer || !(response instanceof ReadResponse))
    return false;
  if (!/[/+]json\b/i.test(response.headers.get('content-type') ?? '')) return false;
  // An HTML page in its place won't be another one next time.
  if (!/^\s*[[{]/.test(await response.text())) return false;
  try {
    // Parsed here or by the caller, it is parsed once.
    await response.json();
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
