import { isDate, isPlainObject } from './parameters.js';

/**
 * Copies the value, with each `Date` that a path leads to replaced by its day in UTC, as text (RFC 3339, `full-date`).
 * Dots nest, lists are transparent, and `*` stands for any member of a map. Returns the value itself if there are no
 * paths.
 */
export function withDays<Value>(value: Value, paths: readonly string[] | undefined): Value {
  return (
    paths ? paths.reduce<unknown>((now, path) => withDay(now, path.split('.')), value) : value
  ) as Value;
}

function withDay(value: unknown, [name, ...below]: readonly string[]): unknown {
  if (Array.isArray(value))
    return value.map((item) => withDay(item, name === undefined ? [] : [name, ...below]));
  // An invalid date is left for the code that writes it, which refuses it.
  if (name === undefined)
    return isDate(value) && !Number.isNaN(value.getTime()) ? value.toISOString().slice(0, 10) : value;
  if (!isPlainObject(value)) return value;
  if (name === '*')
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withDay(member, below)]));
  if (!Object.hasOwn(value, name)) return value;
  return { ...value, [name]: withDay(value[name], below) };
}
