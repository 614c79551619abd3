import { DocumentError } from '../errors.js';
import { isObject, join, lookup } from '../json.js';
import { walkSchemas } from '../references/walk-schemas.js';
import type { OpenApiDocument } from '../types.js';

/**
 * Keywords whose schemas apply to the same value (JSON Schema 2020-12, 10.2), unlike properties and items, whose values
 * are smaller.
 */
const IN_PLACE = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'];

/**
 * Refuses schemas that are part of themselves, since validating a value against one would never end. A schema may
 * contain itself in a property or an item.
 *
 * @throws DocumentError for the first one.
 */
export function refuseEndlessSchemas(document: OpenApiDocument): void {
  const done = new Set<string>();
  walkSchemas(document, (_, pointer) => {
    follow(document, pointer, [], done);
  });
}

function follow(document: OpenApiDocument, pointer: string, way: readonly string[], done: Set<string>): void {
  if (way.includes(pointer)) {
    const circle = [...way.slice(way.indexOf(pointer)), pointer].map((place) => place.split('/').at(-1));
    const names = circle.filter((name) => Number.isNaN(Number(name)));
    throw new DocumentError(
      `The schema is a part of itself (${names.join(' → ')}), so that no value can be checked against it: ` +
        'take the reference that leads back to it out',
      pointer,
    );
  }
  if (done.has(pointer)) return;
  const schema = lookup(document, pointer);
  for (const next of inPlace(schema, pointer)) follow(document, next, [...way, pointer], done);
  done.add(pointer);
}

/** Pointers to the schemas that apply to the same value as this one. */
function inPlace(schema: unknown, pointer: string): string[] {
  if (!isObject(schema)) return [];
  const found = typeof schema.$ref === 'string' && schema.$ref.startsWith('#/') ? [schema.$ref] : [];
  for (const keyword of IN_PLACE) {
    const parts = schema[keyword];
    if (Array.isArray(parts)) found.push(...parts.map((_, index) => join(pointer, keyword, index)));
    else if (isObject(parts)) found.push(join(pointer, keyword));
  }
  return found;
}
