import { isObject } from '../json.js';
import { walkSchemas } from '../references/walk-schemas.js';
import type { JsonObject, OpenApiDocument } from '../types.js';
import { addNote } from './notes.js';
import { rewriteNullable } from './nullable.js';

/** The version that all code here is written for. */
const CURRENT = '3.1.0';

/**
 * Converts an OpenAPI 3.0 document to 3.1, in place. Only schemas differ in meaning (`nullable`, exclusive bounds);
 * everything else stays. The existing converters also rewrite examples and properties with such names, or lose the null
 * next to an `allOf`. Many 3.1 documents still contain both; we read them there as 3.0 defines them.
 */
export function upgrade(document: OpenApiDocument): OpenApiDocument {
  noteNewMethods(document);
  const rewritten: string[] = [];
  walkSchemas(document, (schema, pointer) => {
    const [isNullable, isExclusive] = [rewriteNullable(schema), rewriteBounds(schema)];
    if (isNullable || isExclusive) rewritten.push(pointer);
  });
  if (document.openapi.startsWith('3.0.')) {
    addNote(document, `the document is in OpenAPI ${document.openapi} and was converted to ${CURRENT}`);
    document.openapi = CURRENT;
  } else if (rewritten.length > 0) {
    const where = `in ${rewritten.length} of the schemas, first ${rewritten[0]}`;
    addNote(document, `nullable and excluded bounds of OpenAPI 3.0 were written as in 3.1 ${where}`);
  }
  return document;
}

/** Names the operations with methods that came with OpenAPI 3.2, which nothing here knows. */
function noteNewMethods(document: OpenApiDocument): void {
  const found = Object.entries(document.paths).flatMap(([path, item]) => {
    if (!isObject(item)) return [];
    const others = isObject(item.additionalOperations) ? Object.keys(item.additionalOperations) : [];
    return [...(isObject(item.query) ? ['QUERY'] : []), ...others].map((method) => `${method} ${path}`);
  });
  if (found.length === 0) return;
  addNote(
    document,
    `operations with methods that OpenAPI 3.1 doesn't have are left out: ${found.join(', ')}`,
  );
}

/**
 * In 3.0 `exclusiveMinimum: true` says that `minimum` is excluded; in 3.1 it is the bound itself. In place.
 *
 * @returns whether one was written in the way of 3.0.
 */
function rewriteBounds(schema: JsonObject): boolean {
  const lower = rewriteBound(schema, 'minimum', 'exclusiveMinimum');
  const upper = rewriteBound(schema, 'maximum', 'exclusiveMaximum');
  return lower || upper;
}

function rewriteBound(schema: JsonObject, bound: string, exclusive: string): boolean {
  const excluded = schema[exclusive];
  if (typeof excluded !== 'boolean') return false;
  delete schema[exclusive];
  if (!excluded || schema[bound] === undefined) return true;
  schema[exclusive] = schema[bound];
  delete schema[bound];
  return true;
}
