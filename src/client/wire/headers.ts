import { ConfigurationError } from '../errors/configuration-error.js';
import type { HeaderValues } from '../options.js';

/**
 * What fetch accepts as a header value. We check it first, since fetch's error would show the value, which may be
 * secret.
 */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Matches from the first character that a header name can't hold (RFC 9110, 5.6.2). What follows may be a value, and so
 * a secret.
 */
const NO_FIELD_NAME = /[^\w!#$%&'*+.^`|~-].*|^$/s;

/** Adds the values to the headers, with names in lower case; `null` marks a header to leave out. */
export function addHeaders(headers: Record<string, string | null>, values: HeaderValues | undefined): void {
  if (!values) return;
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) headers[name.toLowerCase()] = value === null ? null : checkedValue(name, value);
}

/** Finds a header among values whose names may be in any case; null if the header is to be left out. */
export function headerValue(values: HeaderValues | undefined, header: string): string | null | undefined {
  if (!values) return undefined;
  return Object.entries(values).find(
    ([name, value]) => value !== undefined && name.toLowerCase() === header,
  )?.[1];
}

export function checkedValue(name: string, value: string): string {
  const safe = name.replace(NO_FIELD_NAME, '…');
  if (safe !== name || !FIELD_VALUE.test(value) || typeof value === 'object')
    throw new ConfigurationError(
      `${safe === name ? `${name}: the value` : `headers: the name '${safe}'`} is not what a header can hold: Latin-1 text without line breaks`,
    );
  return value;
}

/** Whether a call's own headers set `authorization`, or remove it. */
export function hasAuthorization(values: HeaderValues | undefined): boolean {
  return headerValue(values, 'authorization') !== undefined;
}

/** The media type of a `Content-Type` without its parameters, in lower case (RFC 9110, 8.3.1). */
export function essence(contentType: string): string {
  return contentType.replace(/;.*/s, '').trim().toLowerCase();
}

/** The date formats of RFC 9110, 5.6.7; `Date.parse` alone accepts nearly any text with a number in it. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d{2}:\d{2}:\d{2}/;

/** Seconds to wait, from `Retry-After` (RFC 9110, 10.2.3); undefined if it is absent or unreadable. */
export function retryAfter(headers: Pick<Headers, 'get'>): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const until = httpDate(value);
  if (until === undefined) return undefined;
  // Compared with the server's clock if it sends one: ours may be wrong.
  const now = httpDate(headers.get('date') ?? '') ?? Date.now();
  return Math.max(0, (until - now) / 1000);
}

function httpDate(value: string): number | undefined {
  if (!HTTP_DATE.test(value)) return undefined;
  const time = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(time) ? undefined : time;
}
