import { ConfigurationError } from '../errors/configuration-error.js';
import { TimeoutError } from '../errors/connection-error.js';
import { onAbort } from './on-abort.js';
import type { Run } from './run.js';

/** The promise, or the signal's reason as soon as it aborts; what the promise stands for goes on for others. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) {
      promise.then(undefined, () => {});
      return end();
    }
    promise.then(resolve, reject).finally(onAbort(signal, end));
  });
}

/** The token, unless the call's signal aborts or its time runs out before; its source goes on for others. */
export function tokenWithin(token: Promise<string>, { call, url, timeout }: Run): Promise<string> {
  const { id, method } = call.row;
  const waiting = abortable(token.then(checked), call.options?.signal);
  if (timeout === Infinity) return waiting;
  return new Promise((resolve, reject) => {
    const end = () =>
      reject(
        new TimeoutError(`${id} got no token within ${timeout} ms; set timeout to allow more`, {
          operationId: id,
          method,
          url,
        }),
      );
    const timer = setTimeout(end, timeout);
    waiting.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** What an `auth` of the caller's own gives. */
function checked(token: unknown): string {
  if (typeof token === 'string' && token !== '') return token;
  throw new ConfigurationError('auth: token() gave no token; it has to return a non-empty string');
}
