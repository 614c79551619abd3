import type { Call } from './core.js';
import { TimeoutError } from './errors/connection-error.js';
import { onAbort } from './on-abort.js';
import type { Fetch } from './options.js';

/** How an attempt ended: with a response, and its body unless that is left unread. */
export interface Outcome {
  readonly response: Response;
  readonly text: string | undefined;
  /** The body of a success that isn't JSON. */
  readonly data?: string | Blob;
}

/** What `fetch` is given, with the headers as an object. */
export interface Init extends RequestInit {
  headers: Readonly<Record<string, string>>;
}

/**
 * One request, from its sending to the end of its body.
 * @param timeout milliseconds; `Infinity` for no limit
 * @param cancel whether time running out ends the request itself, and not only the wait for it
 * @throws TimeoutError, ConnectionError, or the reason of the caller's signal
 */
export function attempt(
  fetch: Fetch,
  call: Call,
  url: string,
  init: Init,
  timeout: number,
  cancel: boolean,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const caller = call.options?.signal;
    const controller = cancel ? new AbortController() : undefined;
    let over = false;
    const release = () => {
      clearTimeout(timer);
      forget?.();
    };
    const end = (error: unknown) => {
      over = true;
      release();
      reject(error);
      controller?.abort(error);
    };
    const fail = (error: unknown) => {
      release();
      import('./failure.js')
        .then(({ connectionError }) => connectionError(call, url, error, init.headers.authorization))
        // Offline, a browser can't load it either.
        .catch(() => error)
        .then(reject);
    };
    const timer =
      timeout === Infinity ? undefined : setTimeout(() => end(timeoutError(call, url, timeout)), timeout);
    const forget = caller && onAbort(caller, () => end(caller.reason));
    if (caller?.aborted) return end(caller.reason);
    // The caller's signal goes on ending the body that the caller reads; "any" holds what depends on it weakly.
    if (controller)
      init.signal = caller && call.raw ? AbortSignal.any([caller, controller.signal]) : controller.signal;
    fetch(url, init)
      .then((response) => {
        if (over) return response.body?.cancel();
        if (call.onHeaders && response.ok) call.onHeaders(response);
        if (call.raw && (response.ok || call.anyStatus)) {
          release();
          return resolve({ response, text: undefined });
        }
        const other = response.ok ? call.row.answer : undefined;
        const body: Promise<string | Blob> = !response.ok
          ? import('./failure.js').then(({ textOf }) => textOf(response))
          : other && !other.startsWith('text/')
            ? response.blob()
            : response.text();
        body.then((data) => {
          release();
          resolve(other ? { response, text: undefined, data } : { response, text: data as string });
        }, fail);
      })
      .catch(fail);
  });
}

/** Ends a response that isn't needed, so that its connection is free for the next request; waits for nobody. */
export function discard(outcome: Outcome | undefined): void {
  if (outcome && outcome.text === undefined)
    Promise.resolve(outcome.response.body?.cancel?.()).catch(() => {});
}

function timeoutError({ row: { id, method } }: Call, url: string, timeout: number): TimeoutError {
  const request = { operationId: id, method, url };
  return new TimeoutError(`${id} took longer than ${timeout} ms; set timeout to allow more`, request);
}
