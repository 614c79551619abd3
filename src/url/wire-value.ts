import { ConfigurationError } from '../errors/configuration-error.js';
import { isPlainObject } from '../plain-object.js';

/**
 * A query parameter's value as it is written, dates in ISO 8601.
 * @throws ConfigurationError for what has no fields to send, or none of its own: it would be lost without a word
 */
export function wireValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item != null).map((item) => wireValue(name, item));
  if (isDate(value)) {
    if (Number.isNaN(value.getTime())) throw new ConfigurationError(`query: ${name} is an invalid date`);
    return value.toISOString();
  }
  if (/function|symbol/.test(typeof value) || (typeof value === 'object' && value && !isPlainObject(value)))
    throw new ConfigurationError(
      `query: ${name} is neither text, a number, a date, a plain object nor a list of them`,
    );
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field != null);
  return Object.fromEntries(fields.map(([key, field]) => [key, wireValue(name, field)]));
}

/** Of another realm too. */
function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}
