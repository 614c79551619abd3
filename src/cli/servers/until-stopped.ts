import type { Io } from '../io.js';

/** Resolves at Ctrl-C, which is how a server is meant to end. */
export function untilStopped({ signal }: Io): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
}
