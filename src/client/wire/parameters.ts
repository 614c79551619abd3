import { ConfigurationError } from '../errors/configuration-error.js';
import { createQuerySerializer } from '../openapi-fetch.js';
import type { ListStyle, OperationRow } from '../resource/operation-row.js';
import { idFromUrl } from '../url/resource-url.js';

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
  const { pathname } = new URL(`http://host/base/url${path}`);
  return pathname.split('/').length === path.split(/[\\/]/).length + 2;
}

type Serializer = (query: Readonly<Record<string, unknown>>) => string;

/** OpenAPI's default style: a parameter is repeated for each value, an object is a `deepObject`. */
const repeated: Serializer = createQuerySerializer();

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
    const write = !style || style === 'deepObject' ? repeated : joined(style);
    const written = named(name, write, wireValue(`query: ${name}`, value));
    if (written !== '') parts.push(written);
  }
  return parts.join('&');
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
