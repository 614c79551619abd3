import { isDate, isPlainObject } from './parameters.js';

/**
 * A copy of the value in which each `Date` that a path leads to is the day that it is in UTC, as text (RFC 3339,
 * `full-date`); dots nest, lists are seen through, and `*` is any member of a map. The value itself where there is nothing to change.
 */
export function withDays<Value>(value: Value, paths: readonly string[] | undefined): Value {
  return (
    paths ? paths.reduce<unknown>((now, path) => withDay(now, path.split('.')), value) : value
  ) as Value;
}

function withDay(value: unknown, [name, ...below]: readonly string[]): unknown {
  if (Array.isArray(value))
    return value.map((item) => withDay(item, name === undefined ? [] : [name, ...below]));
  // An invalid date is refused where it is written.
  if (name === undefined)
    return isDate(value) && !Number.isNaN(value.getTime()) ? value.toISOString().slice(0, 10) : value;
  if (!isPlainObject(value)) return value;
  if (name === '*')
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withDay(member, below)]));
  if (!Object.hasOwn(value, name)) return value;
  return { ...value, [name]: withDay(value[name], below) };
}
