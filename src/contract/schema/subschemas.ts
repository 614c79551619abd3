import { isObject, join } from '../../document/index.js';

/** Keywords of JSON Schema 2020-12 whose value is a schema, or a list or an object of schemas. */
const KEYWORDS = [
  'items',
  'prefixItems',
  'contains',
  'properties',
  'patternProperties',
  'additionalProperties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
  'dependentSchemas',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  '$defs',
] as const;
const MAPS: readonly string[] = ['properties', 'patternProperties', 'dependentSchemas', '$defs'];

/** Pointers to the schemas inside a schema, and to the one it refers to. */
export function subschemas(schema: unknown, pointer: string): string[] {
  if (!isObject(schema)) return [];
  const within = KEYWORDS.flatMap((keyword) => {
    const value = schema[keyword];
    if (value === undefined) return [];
    if (Array.isArray(value)) return value.map((_, index) => join(pointer, keyword, index));
    if (!MAPS.includes(keyword)) return [join(pointer, keyword)];
    return isObject(value) ? Object.keys(value).map((name) => join(pointer, keyword, name)) : [];
  });
  return typeof schema.$ref === 'string' ? [schema.$ref, ...within] : within;
}
