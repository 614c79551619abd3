import { DocumentError } from '../errors.js';
import { isObject, join } from '../json.js';
import { LISTS, MAPS, SINGLE, walkSchemas } from '../references/walk-schemas.js';
import type { OpenApiDocument } from '../types.js';

/**
 * Refuses anything but a schema where a schema belongs, since the code that reads schemas would fail on it.
 *
 * @throws DocumentError for the first one, with what to write there.
 */
export function refuseMalformedSchemas(document: OpenApiDocument): void {
  const { schemas } = isObject(document.components) ? document.components : {};
  if (isObject(schemas)) refuseIn(schemas, '#/components/schemas');
  walkSchemas(document, (schema, pointer) => {
    for (const keyword of SINGLE) refuse(schema[keyword], join(pointer, keyword));
    for (const keyword of LISTS) {
      const parts = schema[keyword];
      if (parts === undefined) continue;
      if (!Array.isArray(parts))
        throw new DocumentError(`${keyword} must be a list of schemas`, join(pointer, keyword));
      for (const [index, part] of parts.entries()) refuse(part, join(pointer, keyword, index));
    }
    for (const keyword of MAPS) {
      const parts = schema[keyword];
      if (parts === undefined) continue;
      if (!isObject(parts))
        throw new DocumentError(`${keyword} must be an object of schemas by name`, join(pointer, keyword));
      refuseIn(parts, join(pointer, keyword));
    }
  });
}

function refuseIn(schemas: object, pointer: string): void {
  for (const [name, schema] of Object.entries(schemas)) refuse(schema, join(pointer, name));
}

function refuse(schema: unknown, pointer: string): void {
  if (schema === undefined || typeof schema === 'boolean' || isObject(schema)) return;
  if (Array.isArray(schema))
    throw new DocumentError(
      'A schema must be an object, not a list: by position, items are prefixItems',
      pointer,
    );
  throw new DocumentError(
    `A schema must be an object, found ${JSON.stringify(schema)}: write {} for any value`,
    pointer,
  );
}
