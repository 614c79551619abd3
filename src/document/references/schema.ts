import { isObject, join, tokens } from '../json.js';
import type { OpenApiDocument, Schema } from '../types.js';
import { type Located, resolve } from './resolve.js';

/** How deep to look into nested parts, since a schema may contain itself. */
const DEEPEST = 8;

/** The properties that each object of a schema may have and where each is, following `allOf` and references. */
export function properties(
  document: OpenApiDocument,
  schema: Schema,
  pointer = '#',
): Map<string, Located<Schema>> {
  return propertiesOf(document, schema, pointer, ['allOf']);
}

/** The properties of an object schema, and those that some of its alternatives alone have. */
export function allProperties(
  document: OpenApiDocument,
  schema: Schema,
  pointer = '#',
): Map<string, Located<Schema>> {
  return propertiesOf(document, schema, pointer, ['allOf', 'oneOf', 'anyOf']);
}

/** The properties of a schema and of the parts behind these keywords; the schema's own take precedence. */
function propertiesOf(
  document: OpenApiDocument,
  schema: Schema,
  pointer: string,
  keywords: readonly string[],
): Map<string, Located<Schema>> {
  const found = new Map<string, Located<Schema>>();
  const visited = new Set<string>();
  const visit = (value: unknown, at: string) => {
    const located = resolve<Schema>(document, value, at);
    if (!isObject(located.value) || visited.has(located.pointer)) return;
    if (located.pointer !== '#') visited.add(located.pointer);
    for (const keyword of keywords) {
      const parts = located.value[keyword];
      if (!Array.isArray(parts)) continue;
      for (const [index, part] of parts.entries()) visit(part, join(located.pointer, keyword, index));
    }
    if (!isObject(located.value.properties)) return;
    for (const [name, property] of Object.entries(located.value.properties)) {
      found.set(name, { value: property as Schema, pointer: join(located.pointer, 'properties', name) });
    }
  };
  visit(schema, pointer);
  return found;
}

export function propertyNames(document: OpenApiDocument, schema: Schema): Set<string> {
  return new Set(properties(document, schema).keys());
}

/** The item schema of an array schema. */
export function itemsOf(
  document: OpenApiDocument,
  schema: Schema | undefined,
  pointer = '#',
): Located<Schema> | undefined {
  if (schema === undefined) return undefined;
  const located = resolve<Schema>(document, schema, pointer);
  if (!isObject(located.value) || !hasType(located.value, 'array')) return undefined;
  // If the value may also be something else, we don't count it as a list.
  if ([located.value.type].flat().some((type) => type !== 'array' && type !== 'null')) return undefined;
  const items = located.value.items ?? true;
  return { value: items as Schema, pointer: join(located.pointer, 'items') };
}

/** Whether a schema's `type` is or includes the given one. */
export function hasType(schema: Schema, type: string): boolean {
  if (!isObject(schema)) return false;
  return schema.type === type || (Array.isArray(schema.type) && schema.type.includes(type));
}

/** Whether a schema names the type, or, where it names none, lists a value of it. */
export function listsType(schema: Schema, type: string): boolean {
  if (!isObject(schema) || schema.type !== undefined) return hasType(schema, type);
  const values = Array.isArray(schema.enum) ? schema.enum : [schema.const];
  return values.some((value) => isOfType(value, type));
}

function isOfType(value: unknown, type: string): boolean {
  if (value === null) return type === 'null';
  if (Array.isArray(value)) return type === 'array';
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

/** Whether a schema, or one of its parts, lists the allowed values. */
export function hasChoices(document: OpenApiDocument, schema: Schema, pointer = '#', depth = 0): boolean {
  const located = resolve<Schema>(document, schema, pointer);
  const { value } = located;
  if (!isObject(value) || depth > DEEPEST) return false;
  if (Array.isArray(value.enum) || value.const !== undefined) return true;
  return (['allOf', 'oneOf', 'anyOf'] as const).some((keyword) => {
    const parts = value[keyword];
    return (
      Array.isArray(parts) && parts.some((part) => hasChoices(document, part, located.pointer, depth + 1))
    );
  });
}

/** The schema's name, if it is a reference into `components/schemas`. */
export function componentName(schema: unknown): string | undefined {
  if (!isObject(schema) || typeof schema.$ref !== 'string') return undefined;
  const [components, schemas, name, ...deeper] = tokens(schema.$ref);
  return components === 'components' && schemas === 'schemas' && deeper.length === 0 ? name : undefined;
}
