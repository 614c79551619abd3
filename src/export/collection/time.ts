import { ConfigurationError } from '../../client/errors/configuration-error.js';
import { PaginationError } from '../../client/errors/pagination-error.js';
import { formatInstant, parseInstant } from '../../document/values/instant.js';

/** Microseconds since 1970. The API's times are only unique in microseconds, which `Date` can't hold. */
export type Time = number;

export const DAY: Time = 86_400_000_000;

/** @throws ConfigurationError if the value isn't a time */
export function timeOf(option: string, value: Date | string): Time {
  const text = value instanceof Date ? (Number.isNaN(value.getTime()) ? '' : value.toISOString()) : value;
  // A day stands for its beginning, in UTC.
  const time = parseInstant(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (time === undefined || Number.isNaN(time))
    throw new ConfigurationError(`${option}: '${text}' is not a time; write it as 2026-11-01T08:00:00Z`);
  return Math.round(time);
}

export function textOf(time: Time): string {
  return formatInstant(time);
}

/**
 * The time of an item, by which the collection is ordered.
 *
 * @throws PaginationError if it has none: no stretch of time has it
 */
export function itemTime(item: unknown, by: string): Time {
  const value = (item as Record<string, unknown> | null)?.[by];
  const time = typeof value === 'string' ? parseInstant(value) : undefined;
  if (time === undefined || Number.isNaN(time))
    throw new PaginationError(`an item of the collection has no time in ${by}; it can't be exported`);
  return Math.round(time);
}
