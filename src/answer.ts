import type { Outcome } from './attempt.js';
import { Carrier } from './carrier.js';
import type { Call } from './core.js';

/** The answer that a success holds. `secret` is the authorization that was sent, which no error shows. */
export function success(
  call: Call,
  url: string,
  { response, text, data }: Outcome,
  secret: string | undefined,
): Carrier | Promise<never> {
  if (text === undefined) return new Carrier(data, response);
  // Anywhere else the caller is promised an object.
  if (text === '' && (response.status === 204 || call.row.empty)) return new Carrier(undefined, response);
  try {
    return new Carrier(JSON.parse(text), response);
  } catch {
    return import('./failure.js').then(({ unreadableBody }) => {
      throw unreadableBody({ row: call.row, url, response, text, secret });
    });
  }
}
