import type { Call } from './core.js';
import { ConnectionError, TimeoutError } from './errors/connection-error.js';
import type { Fetch } from './options.js';
import { reason } from './reason.js';
import { Deadline } from './timeout.js';

/** How an attempt ended: with a response, and its body unless that is left unread. */
export interface Outcome {
  readonly response: Response;
  readonly text: string | undefined;
}

/**
 * One request, from its sending to the end of its body.
 * @param timeout milliseconds; `Infinity` for no limit
 * @throws TimeoutError, ConnectionError, or the reason of the caller's signal
 */
export async function attempt(
  fetch: Fetch,
  call: Call,
  url: string,
  init: RequestInit,
  timeout: number,
): Promise<Outcome> {
  const signal = call.options?.signal;
  const deadline = new Deadline(timeout, signal);
  let unread = false;
  try {
    init.signal = deadline.signal;
    const response = await fetch(url, init);
    unread = leftUnread(call, response);
    return { response, text: unread ? undefined : await response.text() };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw deadline.expired ? timeoutError(call, url, timeout) : connectionError(call, url, error);
  } finally {
    deadline.clear(unread);
  }
}

/**
 * The same without a signal, which would cost a tenth of a request's whole CPU time: where time runs out the caller
 * goes on, and the request is left to itself. Good as long as that is rare; see `Pipeline`.
 */
export function unsignalledAttempt(
  fetch: Fetch,
  call: Call,
  url: string,
  init: RequestInit,
  timeout: number,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    let expired = false;
    const timer = setTimeout(() => {
      expired = true;
      reject(timeoutError(call, url, timeout));
    }, timeout);
    const fail = (error: unknown) => {
      clearTimeout(timer);
      reject(connectionError(call, url, error));
    };
    fetch(url, init).then((response) => {
      if (expired) return void response.body?.cancel();
      if (leftUnread(call, response)) {
        clearTimeout(timer);
        return resolve({ response, text: undefined });
      }
      response.text().then((text) => {
        clearTimeout(timer);
        resolve({ response, text });
      }, fail);
    }, fail);
  });
}

/** Ends a response that isn't needed, so that its connection is free for the next request. */
export async function discard(outcome: Outcome | undefined): Promise<void> {
  if (outcome && outcome.text === undefined) await outcome.response.body?.cancel();
}

/** The response's headers are there: says whether its body stays for the caller to read. */
function leftUnread(call: Call, response: Response): boolean {
  if (response.ok) call.onHeaders?.(response);
  return call.raw && (response.ok || call.anyStatus);
}

function timeoutError({ row: { id, method } }: Call, url: string, timeout: number): TimeoutError {
  const request = { operationId: id, method, url };
  return new TimeoutError(`${id} took longer than ${timeout} ms; set timeout to allow more`, request);
}

function connectionError({ row: { id, method } }: Call, url: string, error: unknown): ConnectionError {
  const request = { operationId: id, method, url };
  const where = new URL(url).origin;
  return new ConnectionError(`${id} got no complete answer from ${where}: ${reason(error)}`, request, error);
}
