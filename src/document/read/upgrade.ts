import { walkSchemas } from '../references/walk-schemas.js';
import type { JsonObject, OpenApiDocument } from '../types.js';
import { addNote } from './notes.js';
import { rewriteNullable } from './nullable.js';

/** The version that everything here is written for. */
const CURRENT = '3.1.0';

/**
 * Makes an OpenAPI 3.1 document of one in 3.0, in place: what means the same in both stays as it is, and of what doesn't
 * only schemas have any (`nullable`, bounds that are exclusive). The converters that there are rewrite examples and
 * properties of such names too, or lose the null beside an `allOf`.
 */
export function upgrade(document: OpenApiDocument): OpenApiDocument {
  if (!document.openapi.startsWith('3.0.')) return document;
  walkSchemas(document, (schema) => {
    rewriteNullable(schema);
    rewriteBound(schema, 'minimum', 'exclusiveMinimum');
    rewriteBound(schema, 'maximum', 'exclusiveMaximum');
  });
  addNote(document, `the document is in OpenAPI ${document.openapi} and was converted to ${CURRENT}`);
  document.openapi = CURRENT;
  return document;
}

/** `exclusiveMinimum: true` says of `minimum` that it is excluded; in 3.1 it is the bound itself. */
function rewriteBound(schema: JsonObject, bound: string, exclusive: string): void {
  const excluded = schema[exclusive];
  if (typeof excluded !== 'boolean') return;
  delete schema[exclusive];
  if (!excluded || schema[bound] === undefined) return;
  schema[exclusive] = schema[bound];
  delete schema[bound];
}
