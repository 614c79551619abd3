import type { Outcome } from './attempt.js';
import type { Answer, Call } from './core.js';
import { apiError, unreadableBody } from './failure.js';

/** The answer that a success holds. `secret` is the token, which no error shows. */
export function success(
  call: Call,
  url: string,
  { response, text }: Outcome,
  secret: string | undefined,
): Answer {
  if (text === undefined) return { data: undefined, response };
  // The body of a page is what was asked for; the rest of the methods may answer without.
  if (text === '' && (response.status === 204 || call.row.method !== 'GET'))
    return { data: undefined, response };
  try {
    return { data: JSON.parse(text), response };
  } catch {
    throw unreadableBody({ row: call.row, url, response, text, secret });
  }
}

/** What a status other than success comes to: a documented redirect, what `anyStatus` asks for, or an error. */
export function failure(
  call: Call,
  url: string,
  { response, text = '' }: Outcome,
  secret: string | undefined,
): Answer {
  const { status, headers } = response;
  const location = headers.get('location');
  if (call.row.redirect && status >= 300 && status < 400 && location !== null)
    return { data: { status, location: new URL(location, url).href }, response };
  if (call.anyStatus) return { data: parsed(text), response };
  throw apiError({ row: call.row, url, response, text, secret });
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
