import { onAbort } from './on-abort.js';

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
