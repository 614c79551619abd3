import { onAbort } from './on-abort.js';

/** Resolves after the milliseconds; rejects with the signal's reason as soon as it aborts. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const end = () => {
      clearTimeout(timer);
      release?.();
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      release?.();
      resolve();
    }, milliseconds);
    const release = signal && onAbort(signal, end);
  });
}
