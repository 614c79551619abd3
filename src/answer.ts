import type { Outcome } from './attempt.js';
import type { Answer, Call } from './core.js';

/** The answer that a success holds. `secret` is the token, which no error shows. */
export function success(
  call: Call,
  url: string,
  { response, text }: Outcome,
  secret: string | undefined,
): Answer | Promise<never> {
  if (text === undefined) return { data: undefined, response };
  // The body of a page is what was asked for; the rest of the methods may answer without.
  if (text === '' && (response.status === 204 || call.row.method !== 'GET'))
    return { data: undefined, response };
  try {
    return { data: JSON.parse(text), response };
  } catch {
    return import('./failure.js').then(({ unreadableBody }) => {
      throw unreadableBody({ row: call.row, url, response, text, secret });
    });
  }
}
