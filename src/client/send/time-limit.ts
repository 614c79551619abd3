import { TimeoutError } from '../errors/connection-error.js';
import { shownOf } from '../exit/redact.js';
import { deadline } from '../wait/abort.js';
import type { ApiRequest, Layer } from './request.js';

/** Milliseconds that an attempt may take by default. */
export const DEFAULT_TIMEOUT = 30_000;

/**
 * Gives each attempt its own signal, which aborts the request when its time is up or the caller's signal aborts. The
 * time counts up to the end of the body, or up to the headers if the caller reads the body.
 * @throws TimeoutError
 */
export function limitTime(standard: number): Layer {
  return (next) => async (request) => {
    const caller = request.signal;
    caller?.throwIfAborted();
    const limit = request.timeout ?? standard;
    const late = () => timeoutError(request, `took longer than ${limit} ms`);
    const { over, signal, clear } = deadline(limit, late, caller);
    // If the caller reads the body, the caller's signal must still abort it long after this layer is done.
    const both = caller && request.reading === 'nothing' ? () => AbortSignal.any([caller, signal()]) : signal;
    try {
      return await next({ ...request, limit: { over, signal: both } });
    } finally {
      clear();
    }
  };
}

/** @param what took too long, as the end of a sentence about the operation */
export function timeoutError(request: ApiRequest, what: string): TimeoutError {
  return new TimeoutError(`${request.operation.id} ${what}; set timeout to allow more`, shownOf(request));
}
