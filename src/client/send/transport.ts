import { TimeoutError } from '../errors/connection-error.js';
import { connectionError } from '../exit/connection-failure.js';
import type { Fetch } from '../options.js';
import { until } from '../wait/abort.js';
import type { ApiRequest, ApiResponse, Send } from './request.js';
import { CutBody, ReadResponse, readBlob, readText, realResponse } from './response.js';

/** The platform's `fetch`, looked up at each call: a program may replace it later. */
export const platformFetch: Fetch = (url, init) => globalThis.fetch(url, init);

/** Sends a request as `fetch` does, and ends it as soon as `over` rejects; `init` has no signal. */
export type SendUntil = (over: Promise<never>, url: string, init: RequestInit) => Promise<ApiResponse>;

/**
 * Transports that need no signal, which costs more CPU time than all else of a time limit. This isn't a member of the
 * transport: a wrapper or a spy that copies its members would then see no request.
 */
export const withoutSignal = new WeakMap<Fetch, SendUntil>();

/**
 * The innermost step: sends the request once, without following redirects, and reads as much of the answer as needed.
 */
export function transport(fetch: Fetch): Send {
  return async (request) => {
    const { limit } = request;
    let pending: Promise<ApiResponse> | undefined;
    try {
      pending = Promise.resolve(begin(fetch, request));
      return await read(request, checked(await until(limit?.over, pending)));
    } catch (error) {
      // A transport that ignores its signal may still answer, when nobody waits any more.
      pending?.then(discard, () => {});
      const signal = signalOf(request);
      if (signal?.aborted) throw signal.reason;
      throw connectionError(request, error);
    }
  };
}

function begin(fetch: Fetch, request: ApiRequest): Promise<ApiResponse> {
  const { url, method, headers, body, limit, reading, platform } = request;
  // We never follow a redirect: it would take the token to wherever it points.
  const init: RequestInit = { ...platform, method, headers, redirect: 'manual' };
  // Left out rather than null: libraries such as got refuse that.
  if (body !== undefined) init.body = body;
  // A body that the caller reads is ended by the caller's signal, long after the limit.
  const sendUntil = limit && reading !== 'nothing' && withoutSignal.get(fetch);
  if (sendUntil) return sendUntil(limit.over, url, init);
  return fetch(url, { signal: signalOf(request) ?? null, ...init });
}

function signalOf({ limit, signal }: ApiRequest): AbortSignal | undefined {
  return limit ? limit.signal() : signal;
}

/** The caller's own transport may return anything. */
function checked(response: ApiResponse): ApiResponse {
  if (typeof response?.status !== 'number' || !response.headers)
    throw new TypeError('fetch gave no response');
  return response;
}

async function read(request: ApiRequest, response: ApiResponse): Promise<ApiResponse> {
  const { reading, limit } = request;
  const ok = response.status >= 200 && response.status < 300;
  if (ok && reading === 'nothing') return realResponse(response);
  if (ok && reading === 'blob') return new ReadResponse(response, await readBlob(response, limit?.over));
  try {
    return new ReadResponse(response, await readText(response, limit?.over));
  } catch (error) {
    // For an error response the status is what matters, even if its body breaks off or stalls; the part that came may
    // say why.
    const signal = signalOf(request);
    if (ok || (signal?.aborted && !(signal.reason instanceof TimeoutError))) throw error;
    return new ReadResponse(response, error instanceof CutBody ? error.text : '');
  }
}

/** Cancels a response that came too late, to free its connection for the next request; doesn't wait for that. */
function discard(response: ApiResponse | undefined): void {
  // The body of the caller's own transport may not follow the standard.
  new Promise((resolve) => resolve(response?.body?.cancel())).catch(() => {});
}
