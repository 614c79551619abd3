import type { Outcome } from './attempt.js';
import type { Answer } from './core.js';
import type { Run } from './run.js';

/** The answer that a success holds. */
export function success(
  { call, url, sent }: Run,
  { response, status, text, data }: Outcome,
): Answer | Promise<never> {
  if (text === undefined) return { data, response };
  // Anywhere else the caller is promised an object.
  if (text === '' && (status === 204 || status === 205 || call.row.empty))
    return { data: undefined, response };
  try {
    return { data: JSON.parse(text), response };
  } catch {
    return import('./recovery.js').then(({ unreadableBody }) => {
      throw unreadableBody({ row: call.row, url, response, text, sent });
    });
  }
}
