import { retryAfter } from '../../client/wire/headers.js';
import { LIMIT_HEADER, REMAINING_HEADER } from '../../text/conventions.js';
import type { WireResponse } from '../model/exchange.js';

/** Seconds beyond which nobody waits. */
const DAY = 86_400;

/** What an answer says about the caller's hour; undefined if a header is missing or not an integer. */
export function rateLimit({ headers }: WireResponse): {
  limit: number | undefined;
  remaining: number | undefined;
} {
  const integer = (name: string) => {
    const text = headers.get(name)?.trim();
    return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
  };
  return { limit: integer(LIMIT_HEADER), remaining: integer(REMAINING_HEADER) };
}

/** When to ask again, by the answer's `Retry-After`. */
export function tryAgain({ headers }: WireResponse): string {
  const seconds = retryAfter(headers);
  return seconds === undefined || seconds > DAY ? 'try again later' : `try again in ${Math.ceil(seconds)} s`;
}
