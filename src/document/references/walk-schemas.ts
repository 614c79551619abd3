import { isObject, join } from '../json.js';
import type { JsonObject } from '../types.js';

/** Keywords that hold one schema, a list of schemas, or schemas by name (JSON Schema 2020-12, sections 10 and 11). */
export const SINGLE =
  'items additionalProperties not if then else contains propertyNames unevaluatedItems unevaluatedProperties'.split(
    ' ',
  );
export const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
export const MAPS = ['properties', 'patternProperties', 'dependentSchemas', '$defs'];

const HOLDS_ONE = new Set(SINGLE);
const HOLDS_SEVERAL = new Set([...LISTS, ...MAPS]);

type Visit = (schema: JsonObject, pointer: string) => void;

/** Visits each schema of the document, the deeper ones first; doesn't follow references. */
export function walkSchemas(document: JsonObject, visit: Visit): void {
  walkPart(document, '#', visit);
}

function walkPart(part: unknown, pointer: string, visit: Visit): void {
  if (Array.isArray(part)) {
    part.forEach((value, index) => {
      walkPart(value, join(pointer, index), visit);
    });
    return;
  }
  if (!isObject(part)) return;
  for (const [key, value] of Object.entries(part)) {
    const at = join(pointer, key);
    if (key === 'schema') walkSchema(value, at, visit);
    else if (key === 'schemas' && pointer === '#/components') walkEach(value, at, visit);
    // Skip data, which may well have members named like keywords.
    else if (key !== 'example' && key !== 'examples' && !key.startsWith('x-')) walkPart(value, at, visit);
  }
}

function walkEach(schemas: unknown, pointer: string, visit: Visit): void {
  if (typeof schemas !== 'object' || schemas === null) return;
  for (const [key, schema] of Object.entries(schemas)) walkSchema(schema, join(pointer, key), visit);
}

/** Visits a schema and each one inside it. */
function walkSchema(schema: unknown, pointer: string, visit: Visit): void {
  if (!isObject(schema)) return;
  // Looks at the few keywords that the schema has, not at all that it could have: this runs for thousands of schemas,
  // and often.
  for (const key of Object.keys(schema)) {
    if (HOLDS_ONE.has(key)) walkSchema(schema[key], join(pointer, key), visit);
    else if (HOLDS_SEVERAL.has(key)) walkEach(schema[key], join(pointer, key), visit);
  }
  visit(schema, pointer);
}

/** Pointers to the schemas inside a schema, and to the one it refers to. */
export function subschemas(schema: unknown, pointer: string): string[] {
  if (!isObject(schema)) return [];
  const within = Object.entries(schema).flatMap(([keyword, value]) => {
    const at = join(pointer, keyword);
    if (HOLDS_ONE.has(keyword) && !Array.isArray(value)) return [at];
    if (!HOLDS_ONE.has(keyword) && !HOLDS_SEVERAL.has(keyword)) return [];
    if (Array.isArray(value)) return value.map((_, index) => join(at, index));
    return isObject(value) ? Object.keys(value).map((name) => join(at, name)) : [];
  });
  return typeof schema.$ref === 'string' ? [schema.$ref, ...within] : within;
}
