import type { Outcome } from './attempt.js';
import type { Answer, Call } from './core.js';
import type { HeaderFields } from './headers.js';

/** The answer that a success holds. No error shows what is secret of the headers that were `sent`. */
export function success(
  call: Call,
  url: string,
  { response, text, data }: Outcome,
  sent: HeaderFields,
): Answer | Promise<never> {
  if (text === undefined) return { data, response };
  // Anywhere else the caller is promised an object.
  if (text === '' && (response.status === 204 || response.status === 205 || call.row.empty))
    return { data: undefined, response };
  try {
    return { data: JSON.parse(text), response };
  } catch {
    return import('./failure.js').then(({ unreadableBody }) => {
      throw unreadableBody({ row: call.row, url, response, text, sent });
    });
  }
}
