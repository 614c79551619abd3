import { TimeoutError } from '../errors/connection-error.js';
import { CutBody, type Reading, readText } from './body-text.js';
import type { Call } from './core.js';
import { onAbort } from './on-abort.js';
import type { Run } from './run.js';

/**
 * Sends a request, and follows no redirect.
 * @param redirects whether the operation is there to redirect
 */
export type Send = (url: string, init: RequestInit, redirects?: boolean) => Promise<Response>;

/** How an attempt ended: with a response, and its body unless that is left unread. */
export interface Outcome {
  readonly response: Response;
  /** The response's, read once: each look at it there costs. */
  readonly status: number;
  /** A status of success. */
  readonly ok: boolean;
  readonly text?: string;
  /** The body of a success that isn't JSON. */
  readonly data?: string | Blob;
}

/**
 * One request, from its sending to the end of its body.
 * @param cancel whether time running out ends the request itself, and not only the wait for it
 * @throws TimeoutError, ConnectionError, or the reason of the caller's signal
 */
export function attempt(send: Send, run: Run, cancel: boolean): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const { call, url, body, sent, timeout } = run;
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
      const error = timeoutError(run);
      // The status of an error is known: it decides, however its body ends.
      if (progress.refused && progress.stop) progress.stop(error);
      else end(error);
    };
    const timer = timeout === Infinity ? undefined : setTimeout(late, timeout);
    const forget = caller && onAbort(caller, () => end(caller.reason));
    if (caller?.aborted) return end(caller.reason);
    // Never followed: a redirect would take the token to wherever it points.
    const init: RequestInit = { method: call.row.method, headers: sent, redirect: 'manual' };
    if (body !== undefined) init.body = body;
    // The caller's signal goes on ending the body that the caller reads; "any" holds what depends on it weakly.
    if (controller)
      init.signal = caller && call.raw ? AbortSignal.any([caller, controller.signal]) : controller.signal;
    const done = (outcome: Outcome) => {
      release();
      resolve(outcome);
    };
    const failed = (error: unknown) => {
      release();
      import('./recovery.js')
        .then(({ connectionError }) => connectionError(call, url, error, sent))
        // Offline, a browser can't load it either.
        .then(reject, () => reject(error));
    };
    const answered = (response: Response) => {
      try {
        receive(call, response, progress, done, failed);
      } catch (error) {
        failed(error);
      }
    };
    try {
      Promise.resolve(send(url, init, call.row.redirect)).then(answered, failed);
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
  const { status } = response;
  const ok = status >= 200 && status < 300;
  const unread = { response, status, ok };
  if (progress.over) return void discard(unread);
  const other = ok ? call.row.answer : undefined;
  if (ok) call.onHeaders?.(response);
  if (call.raw && (ok || call.anyStatus)) done(unread);
  else if (other && !other.startsWith('text/'))
    response.blob().then((data) => done({ ...unread, data }), failed);
  else {
    const read = (text: string) => done(other ? { ...unread, data: text } : { response, status, ok, text });
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

function timeoutError({ call, url, timeout }: Run): TimeoutError {
  const { id, method } = call.row;
  const request = { operationId: id, method, url };
  return new TimeoutError(`${id} took longer than ${timeout} ms; set timeout to allow more`, request);
}
