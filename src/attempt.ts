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
    if (response.ok) call.onHeaders?.(response);
    unread = call.raw === true && (response.ok || call.anyStatus === true);
    return { response, text: unread ? undefined : await response.text() };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const { id: operationId, method } = call.row;
    const request = { operationId, method, url };
    if (deadline.expired)
      throw new TimeoutError(
        `${operationId} took longer than ${timeout} ms; set timeout to allow more`,
        request,
      );
    throw new ConnectionError(
      `${operationId} got no complete answer from ${new URL(url).origin}: ${reason(error)}`,
      request,
      error,
    );
  } finally {
    deadline.clear(unread);
  }
}

/** Ends a response that isn't needed, so that its connection is free for the next request. */
export async function discard(outcome: Outcome | undefined): Promise<void> {
  if (outcome && outcome.text === undefined) await outcome.response.body?.cancel();
}
