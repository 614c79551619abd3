import { abortable } from './abortable.js';
import type { Call } from './core.js';
import { TimeoutError } from './errors/connection-error.js';

/**
 * The token, unless the call's signal aborts or its time runs out before; its source goes on for others.
 * @param timeout milliseconds; `Infinity` for no limit
 */
export function tokenWithin(
  token: Promise<string>,
  { row: { id, method }, options }: Call,
  url: string,
  timeout: number,
): Promise<string> {
  const waiting = abortable(token, options?.signal);
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
