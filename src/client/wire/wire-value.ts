import { ConfigurationError } from '../errors/configuration-error.js';

/**
 * A parameter's value as it is written, dates in ISO 8601. A list or object within another is left to the serializer,
 * which refuses it.
 * @param name as an error shows it
 * @throws ConfigurationError for what has no fields to send, or none of its own: it would be lost without a word
 */
export function wireValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item != null).map((item) => wireText(name, item));
  if (!isPlainObject(value)) return wireText(name, value);
  const fields = Object.entries(value).filter(([, field]) => field != null);
  return Object.fromEntries(fields.map(([key, field]) => [key, wireText(name, field)]));
}

function wireText(name: string, value: unknown): unknown {
  if (isDate(value)) {
    if (Number.isNaN(value.getTime())) throw new ConfigurationError(`${name} is an invalid date`);
    return value.toISOString();
  }
  const text =
    typeof value === 'number' ? Number.isFinite(value) : Object(value) !== value && typeof value !== 'symbol';
  if (text || Array.isArray(value) || isPlainObject(value)) return value;
  throw new ConfigurationError(
    `${name} is neither text, a finite number, a date, a plain object nor a list of them`,
  );
}

/** Of another realm too. */
function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}

/** Made by `{…}` or without a prototype, in this or another realm: what it holds are fields. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
