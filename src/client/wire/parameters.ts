import { GTE, LTE, PAGE_AFTER, PAGE_BEFORE, PAGE_NUMBER, PAGE_SIZE } from '../../text/conventions.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { createQuerySerializer } from '../openapi-fetch.js';
import type { ListStyle, OperationRow, QueryStyle } from '../resource/operation-row.js';
import { idFromUrl } from '../url/resource-url.js';

/** The names in a path template's `{…}`. */
export function pathNames(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

/** Names of the query parameters that an operation takes. */
export function queryNames(row: Pick<OperationRow, 'list' | 'query' | 'range'>): string[] {
  return [...(row.query ? row.query.split(' ') : []), ...impliedNames(row)];
}

/** Query parameters that follow from paging or a range, so that the table needn't name them. */
export function impliedNames({ list, range }: Pick<OperationRow, 'list' | 'range'>): string[] {
  return [
    ...(list === 'cursor' ? [PAGE_SIZE, PAGE_AFTER, PAGE_BEFORE] : []),
    ...(list === 'page' ? [PAGE_SIZE, PAGE_NUMBER] : []),
    ...(range ? [range + GTE, range + LTE] : []),
  ];
}

/** A path parameter: an id, or the API's own absolute URL of the resource. */
export type PathValue = string | number;

/**
 * Fills in the template's `{…}`, percent-encoded.
 * @param servers base URLs whose resource URLs are accepted in place of ids
 * @throws ConfigurationError for a value that would change the path (empty, `.`, `..`), or the URL of another server
 */
export function fillPath(
  template: string,
  values: Readonly<Record<string, unknown>>,
  servers: readonly string[],
): string {
  let path = '';
  for (const [index, piece] of template.split(/[{}]/).entries())
    path += index % 2 === 0 ? piece : encoded(piece, idOf(piece, values[piece], path, servers));
  if (!keepsSegments(path))
    throw new ConfigurationError(`path: '${path}' leads to another path: leave out dots and #`);
  return path;
}

function encoded(name: string, id: string): string {
  try {
    return encodeURIComponent(id);
  } catch {
    throw new ConfigurationError(`${name}: holds half of a surrogate pair; pass the resource's id or URL`);
  }
}

/** @param parent the path up to the id */
function idOf(name: string, value: unknown, parent: string, servers: readonly string[]): string {
  const text = typeof value === 'string' || Number.isFinite(value) ? String(value) : '';
  const id = /^https?:\/\//i.test(text) ? idFromUrl(name, text, parent, servers) : text;
  // A URL parser would remove these segments, and so call another operation.
  if (id === '' || id === '.' || id === '..') {
    const what = typeof value === 'object' && value ? 'an object' : `'${value}'`;
    throw new ConfigurationError(`${name}: ${what} is not an id; pass the resource's id or URL as text`);
  }
  return id;
}

/** Whether a URL parser keeps all segments: it removes `..` in many spellings, and everything after a `#`. */
function keepsSegments(path: string): boolean {
  // Text without a character that means something to a URL parser: a dot, an escape or a backslash.
  if (/^[\w/:-]*$/.test(path)) return true;
  const { pathname } = new URL(`http://host/base/url${path}`);
  return pathname.split('/').length === path.split(/[\\/]/).length + 2;
}

type Serializer = (query: Readonly<Record<string, unknown>>) => string;

/** OpenAPI's default style: a parameter is repeated for each value, an object is a `deepObject`. */
const repeated: Serializer = createQuerySerializer();

/** Lists as in the default style; each field of an object becomes a parameter of its own. */
const fields: Serializer = createQuerySerializer({ object: { style: 'form', explode: true } });

/** A style that writes a list or an object as a single value. */
function joined(style: ListStyle): Serializer {
  return createQuerySerializer({
    array: { style, explode: false },
    object: { style: 'form', explode: false },
  });
}

/**
 * Writes the query string, each parameter in its style from the document; undefined and null are left out.
 * @throws ConfigurationError for a value that can't be written; the message names the parameter
 */
export function writeQuery(query: Readonly<Record<string, unknown>>, styles: OperationRow['styles']): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    const style = styles?.[name];
    const wired = style === 'json' ? jsonText(`query: ${name}:`, value) : wireValue(`query: ${name}`, value);
    const written = named(name, serializerOf(style), wired);
    if (written !== '') parts.push(written);
  }
  return parts.join('&');
}

function serializerOf(style: QueryStyle | undefined): Serializer {
  if (style === 'fields') return fields;
  return !style || style === 'deepObject' || style === 'json' ? repeated : joined(style);
}

/**
 * Writes a value as JSON.
 * @param place of the value, as errors begin
 * @throws ConfigurationError for what JSON can't hold; it leaves out the engine's drawing of a circular structure
 */
export function jsonText(place: string, value: unknown): string {
  const refused = (why: string) => new ConfigurationError(`${place} can't be written as JSON: ${why}`);
  // JSON would write them as an empty object.
  if (value instanceof Map || value instanceof Set) throw refused(`it is a ${value.constructor.name}`);
  /** JSON would write an invalid date as null, which may mean something else there. */
  function refuseInvalidDates(this: unknown, name: string, written: unknown): unknown {
    const date = (this as Record<string, unknown>)[name];
    if (isDate(date) && Number.isNaN(date.getTime())) throw refused(`${name || 'it'} is an invalid date`);
    return written;
  }
  let text: string | undefined;
  try {
    text = JSON.stringify(value, refuseInvalidDates);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw refused(`${(error as Error)?.message}`.split('\n', 1)[0] ?? '');
  }
  if (text === undefined) throw refused(`it is a ${typeof value}`);
  return text;
}

/** Replaces the serializer's error, which is meant for its own users, by one that names the parameter. */
function named(name: string, write: Serializer, value: unknown): string {
  try {
    return write({ [name]: value });
  } catch (error) {
    const why =
      error instanceof URIError
        ? 'holds half of a surrogate pair'
        : 'holds a list or object within another, which no style of OpenAPI writes; pass it as text';
    throw new ConfigurationError(`query: ${name} ${why}`);
  }
}

/** Header parameters as text; undefined and null are left out. */
export function headerTexts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null) continue;
    const written = wireValue(`${name}: the value`, value);
    if ([written].flat().some((item) => typeof item === 'object'))
      throw new ConfigurationError(`${name}: the value is or holds an object; pass text`);
    texts[name] = String(written);
  }
  return texts;
}

/**
 * Prepares a parameter's value for the serializer: dates in ISO 8601. A list or object inside another is left to the
 * serializer, which refuses it.
 * @param name as errors show it
 * @throws ConfigurationError for an object that isn't plain: it would be silently lost
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

/** Also of another realm. */
export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}

/** Whether it is `{…}` or has no prototype, in this or another realm, so that its members are fields. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

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
