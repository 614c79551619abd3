import { CutBody, type Reading, readText } from './body-text.js';
import type { Call } from './core.js';
import { TimeoutError } from './errors/connection-error.js';
import type { HeaderFields } from './headers.js';
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
  headers: HeaderFields;
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
    const progress: Progress = { over: false };
    const release = () => {
      progress.over = true;
      clearTimeout(timer);
      forget?.();
    };
    const end = (error: unknown) => {
      release();
      reject(error);
      controller?.abort(error);
      // Without a signal this ends it too, once its body has begun.
      progress.stop?.();
    };
    const late = () => {
      const error = timeoutError(call, url, timeout);
      // The status of an error is known: it decides, however its body ends.
      if (progress.refused && progress.stop) progress.stop(error);
      else end(error);
    };
    const timer = timeout === Infinity ? undefined : setTimeout(late, timeout);
    const forget = caller && onAbort(caller, () => end(caller.reason));
    if (caller?.aborted) return end(caller.reason);
    // The caller's signal goes on ending the body that the caller reads; "any" holds what depends on it weakly.
    if (controller)
      init.signal = caller && call.raw ? AbortSignal.any([caller, controller.signal]) : controller.signal;
    const done = (outcome: Outcome) => {
      release();
      resolve(outcome);
    };
    const failed = (error: unknown) => {
      release();
      import('./failure.js')
        .then(({ connectionError }) => connectionError(call, url, error, init.headers))
        // Offline, a browser can't load it either.
        .catch(() => error)
        .then(reject);
    };
    const answered = (response: Response) => {
      try {
        receive(call, response, progress, done, failed);
      } catch (error) {
        failed(error);
      }
    };
    try {
      Promise.resolve(fetch(url, init)).then(answered, failed);
    } catch (error) {
      failed(error);
    }
  });
}

/** How far an attempt is. */
interface Progress extends Reading {
  over: boolean;
  /** The text of an error is being read. */
  refused?: boolean;
}

/** Reads as much of a response as its call is for. With callbacks: async functions would take 1 KB more for each call. */
function receive(
  call: Call,
  response: Response,
  progress: Progress,
  done: (outcome: Outcome) => void,
  failed: (error: unknown) => void,
): void {
  if (!response) throw new TypeError('fetch gave no response');
  const unread = { response, text: undefined };
  if (progress.over) return void discard(unread);
  const { ok } = response;
  const other = ok ? call.row.answer : undefined;
  if (ok) call.onHeaders?.(response);
  if (call.raw && (ok || call.anyStatus)) done(unread);
  else if (other && !other.startsWith('text/'))
    response.blob().then((data) => done({ ...unread, data }), failed);
  else {
    const read = (text: string) => done(other ? { ...unread, data: text } : { response, text });
    // The status decides what an error is, even where its body is cut, and the start may say why.
    const cut = (error: unknown) => read(error instanceof CutBody ? error.text : '');
    progress.refused = !ok;
    readText(response, progress, read, ok ? failed : cut);
  }
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
