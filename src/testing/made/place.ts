import {
  hasType,
  type OpenApiDocument,
  pathParameters,
  properties,
  resolve,
  type Schema,
} from '../../document/index.js';
import type { Resource } from '../resources/resource.js';
import type { Place } from './maker.js';
import { holdsAddress } from './references.js';

/**
 * The fields that say where an object is: its own URL, and the keys and URLs of the items above it.
 *
 * @param pointer to the object's schema.
 * @param base of all URLs.
 */
export function placeFields(
  document: OpenApiDocument,
  pointer: string,
  place: Place,
  base: string,
): Resource {
  const fields = properties(document, { $ref: pointer });
  const own: Resource = {};
  for (const [index, name] of pathParameters(place.path).entries()) {
    const key = place.keys[index];
    if (key === undefined) continue;
    const field = fields.get(name);
    if (field) own[name] = asTyped(resolve<Schema>(document, field.value, field.pointer).value, key);
    const named = name.replace(/(?:_id|Id)$/, '');
    if (named === name || !holdsAddress(document, fields.get(named)?.value)) continue;
    const end = place.path.indexOf(`{${name}}`) + name.length + 2;
    own[named] = urlAt({ path: place.path.slice(0, end), keys: place.keys }, base);
  }
  if (fields.has('url')) own.url = urlAt(place, base);
  return own;
}

/** Converts a key from an address, where it is text, to the type of a field's schema. */
export function asTyped(schema: Schema, key: string): unknown {
  const isNumber = hasType(schema, 'integer') || hasType(schema, 'number');
  return isNumber && Number.isFinite(Number(key)) ? Number(key) : key;
}

export function urlAt({ path, keys }: Place, base: string): string {
  const steps = [...keys];
  return `${base}${path.replace(/\{[^{}]*\}/g, () => encodeURIComponent(steps.shift() ?? ''))}`;
}
