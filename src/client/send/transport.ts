import { TimeoutError } from '../errors/connection-error.js';
import { connectionError } from '../exit/connection-failure.js';
import type { Fetch } from '../options.js';
import { abortable } from '../wait/abort.js';
import type { ApiRequest, ApiResponse, Send } from './request.js';
import { CutBody, ReadResponse, readText, realResponse } from './response.js';

/** The innermost step: sends the request once, follows no redirect, and reads the answer as far as it is asked for. */
export function transport(fetch: Fetch): Send {
  return async (request) => {
    const { signal } = request;
    let pending: Promise<ApiResponse> | undefined;
    try {
      pending = Promise.resolve(fetch(request.url, initOf(request)));
      return await read(request, checked(await abortable(pending, signal)));
    } catch (error) {
      // A transport that doesn't heed the signal may answer all the same, when nobody waits any more.
      pending?.then(discard, () => {});
      if (signal?.aborted) throw signal.reason;
      throw connectionError(request, error);
    }
  };
}

function initOf({ method, headers, body, signal, platform }: ApiRequest): RequestInit {
  // Never followed: a redirect would take the token to wherever it points.
  const init: RequestInit = { ...platform, method, headers, redirect: 'manual' };
  if (body !== undefined) init.body = body;
  if (signal) init.signal = signal;
  return init;
}

/** A transport of the caller's own may give anything. */
function checked(response: ApiResponse): ApiResponse {
  if (typeof response?.status !== 'number' || !response.headers)
    throw new TypeError('fetch gave no response');
  return response;
}

async function read(request: ApiRequest, response: ApiResponse): Promise<ApiResponse> {
  const { reading, signal } = request;
  const ok = response.status >= 200 && response.status < 300;
  if (ok && reading === 'nothing') return realResponse(response);
  if (ok && reading === 'blob') return new ReadResponse(response, await abortable(response.blob(), signal));
  try {
    return new ReadResponse(response, await readText(response, signal));
  } catch (error) {
    // The status decides what an error is, even where its body is cut or stalls, and the start may say why.
    if (ok || (signal?.aborted && !(signal.reason instanceof TimeoutError))) throw error;
    return new ReadResponse(response, error instanceof CutBody ? error.text : '');
  }
}

/** Ends a response that came too late, so that its connection is free for the next request; waits for nobody. */
function discard(response: ApiResponse | undefined): void {
  // A body of the caller's own transport may not keep to the standard.
  new Promise((resolve) => resolve(response?.body?.cancel())).catch(() => {});
}
