import { TimeoutError } from '../errors/connection-error.js';
import { shownOf } from '../exit/redact.js';
import { onAbort } from '../wait/abort.js';
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
    const { signal, over, end, clear } = deadline(limit, () =>
      timeoutError(request, `took longer than ${limit} ms`),
    );
    const release = caller && onAbort(caller, () => end(caller.reason));
    // If the caller reads the body, the caller's signal must still abort it long after this layer is done.
    const both = caller && request.reading === 'nothing' ? AbortSignal.any([caller, signal]) : signal;
    try {
      return await next({ ...request, signal: both, over });
    } finally {
      clear();
      release?.();
    }
  };
}

/** @param what took too long, as the end of a sentence about the operation */
export function timeoutError(request: ApiRequest, what: string): TimeoutError {
  return new TimeoutError(`${request.operation.id} ${what}; set timeout to allow more`, shownOf(request));
}

/** The longest delay of a timer, in milliseconds: timers count in 32 bits, and a longer one would fire at once. */
export const LONGEST = 2 ** 31 - 1;

/** Waits for the promise, but no longer than until `over` rejects. */
export function until<T>(over: Promise<never> | undefined, promise: Promise<T>): Promise<T> {
  return over ? Promise.race([promise, over]) : promise;
}

/** A limit to how long some work may take. */
export interface Deadline {
  /** Aborts when the time is up, or when `end` is called. */
  readonly signal: AbortSignal;
  /** Rejects at the same moment. What races with it needs no listener on the signal. */
  readonly over: Promise<never>;
  /** Ends the work before its time is up. */
  end(reason: unknown): void;
  /** Stops the clock. */
  clear(): void;
}

/** Gives some work that many milliseconds; it then ends with the error from `late`, unless `clear` is called first. */
export function deadline(milliseconds: number, late: () => Error): Deadline {
  const controller = new AbortController();
  let reject: (reason: unknown) => void;
  const over = new Promise<never>((_, rejected) => {
    reject = rejected;
  });
  const end = (reason: unknown) => {
    // Perhaps nobody waits any more.
    over.catch(() => {});
    controller.abort(reason);
    reject(reason);
  };
  const timer =
    milliseconds === Infinity ? undefined : setTimeout(() => end(late()), Math.min(milliseconds, LONGEST));
  return { signal: controller.signal, over, end, clear: () => clearTimeout(timer) };
}
