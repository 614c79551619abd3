import type { Outcome } from './attempt.js';
import type { Answer, Call } from './core.js';

/** The answer that a success holds. `secret` is the authorization that was sent, which no error shows. */
export function success(
  call: Call,
  url: string,
  { response, text, data }: Outcome,
  secret: string | undefined,
): Answer | Promise<never> {
  if (text === undefined) return { data, response };
  // Anywhere else the caller is promised an object.
  if (text === '' && (response.status === 204 || response.status === 205 || call.row.empty))
    return { data: undefined, response };
  try {
    return { data: JSON.parse(text), response };
  } catch {
    return import('./failure.js').then(({ unreadableBody }) => {
      throw unreadableBody({ row: call.row, url, response, text, secret });
    });
  }
}
