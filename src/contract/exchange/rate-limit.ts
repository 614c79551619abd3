import type { WireResponse } from '../model/exchange.js';

/** What an answer says about the caller's hour; undefined if a header is missing or not an integer. */
export function rateLimit({ headers }: WireResponse): {
  limit: number | undefined;
  remaining: number | undefined;
} {
  const integer = (name: string) => {
    const text = headers.get(name)?.trim();
    return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
  };
  return { limit: integer('x-ratelimit-limit'), remaining: integer('x-ratelimit-remaining') };
}
