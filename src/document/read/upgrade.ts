import { walkSchemas } from '../references/walk-schemas.js';
import type { JsonObject, OpenApiDocument } from '../types.js';
import { addNote } from './notes.js';
import { rewriteNullable } from './nullable.js';

/** The version that all code here is written for. */
const CURRENT = '3.1.0';

/**
 * Converts an OpenAPI 3.0 document to 3.1, in place. Only schemas differ in meaning (`nullable`, exclusive bounds);
 * everything else stays. The existing converters also rewrite examples and properties with such names, or lose the null
 * next to an `allOf`.
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

/** In 3.0 `exclusiveMinimum: true` says that `minimum` is excluded; in 3.1 it is the bound itself. */
function rewriteBound(schema: JsonObject, bound: string, exclusive: string): void {
  const excluded = schema[exclusive];
  if (typeof excluded !== 'boolean') return;
  delete schema[exclusive];
  if (!excluded || schema[bound] === undefined) return;
  schema[exclusive] = schema[bound];
  delete schema[bound];
}
