import {
  isObject,
  type JsonObject,
  type OpenApiDocument,
  resolve,
  type Schema,
} from '../../document/index.js';

/** How to merge a keyword that both of two schemas have. */
const COMBINE: Readonly<Record<string, (a: unknown, b: unknown) => unknown>> = {
  required: (a, b) => [...new Set([...list(a), ...list(b)])],
  type: (a, b) =>
    list(a).filter((type) => list(b).includes(type) || (type === 'integer' && list(b).includes('number'))),
  enum: (a, b) =>
    list(a).filter((value) => list(b).some((other) => JSON.stringify(other) === JSON.stringify(value))),
  // A text must match all of them, so after merging this may be a list.
  pattern: (a, b) => [...new Set([...list(a), ...list(b)])],
  minimum: (a, b) => Math.max(Number(a), Number(b)),
  maximum: (a, b) => Math.min(Number(a), Number(b)),
  minLength: (a, b) => Math.max(Number(a), Number(b)),
  maxLength: (a, b) => Math.min(Number(a), Number(b)),
  minItems: (a, b) => Math.max(Number(a), Number(b)),
  maxItems: (a, b) => Math.min(Number(a), Number(b)),
  properties: (a, b) => both(a, b),
  items: (a, b) => ({ allOf: [a, b] }),
  additionalProperties: (a, b) => (a === false || b === false ? false : { allOf: [a, b] }),
};

/**
 * Merges references and `allOf` into one schema object, as far as needed to make a value. Undefined for a schema that
 * allows nothing, or that contains itself endlessly.
 */
export function flatten(
  document: OpenApiDocument,
  source: unknown,
  path: readonly unknown[] = [],
): JsonObject | undefined {
  if (source === true || source === undefined) return {};
  if (!isObject(source) || path.includes(source)) return undefined;
  const deeper = [...path, source];
  const { $ref, allOf, ...own } = source;
  const parts: JsonObject[] = [own];
  if (typeof $ref === 'string') {
    const target = flatten(document, resolve<Schema>(document, { $ref }, '#').value, deeper);
    if (!target) return undefined;
    parts.unshift(target);
  }
  for (const part of list(allOf)) {
    const flat = flatten(document, part, deeper);
    if (!flat) return undefined;
    parts.push(flat);
  }
  return parts.reduce(combine);
}

/** A schema for the values that both schemas allow. */
export function combine(a: JsonObject, b: JsonObject): JsonObject {
  const result = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const combineOne = COMBINE[key];
    result[key] = key in a && combineOne ? combineOne(a[key], value) : value;
  }
  return result;
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** The types that a schema allows, null last. If it names none, its keywords suggest one. */
export function typesOf(schema: JsonObject): string[] {
  const named = list(schema.type).map(String);
  if (named.length > 0)
    return [...named.filter((type) => type !== 'null'), ...named.filter((type) => type === 'null')];
  if ('properties' in schema || 'required' in schema || 'additionalProperties' in schema) return ['object'];
  if ('items' in schema || 'prefixItems' in schema) return ['array'];
  if ('pattern' in schema || 'format' in schema || 'minLength' in schema) return ['string'];
  if ('minimum' in schema || 'maximum' in schema || 'multipleOf' in schema) return ['number'];
  return [];
}

function both(a: unknown, b: unknown): JsonObject {
  const result: JsonObject = { ...(a as JsonObject) };
  for (const [name, schema] of Object.entries(b as JsonObject)) {
    result[name] = Object.hasOwn(result, name) ? { allOf: [result[name], schema] } : schema;
  }
  return result;
}
