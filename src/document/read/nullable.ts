import { isObject } from '../json.js';
import type { JsonObject } from '../types.js';

/**
 * Replaces `nullable`, which has no meaning in OpenAPI 3.1, by a type that includes null. In place.
 *
 * @returns whether the schema now allows null.
 */
export function rewriteNullable(schema: JsonObject): boolean {
  if (!('nullable' in schema)) return false;
  const nullable = schema.nullable === true;
  delete schema.nullable;
  if (nullable) allowNull(schema);
  return nullable;
}

function allowNull(schema: JsonObject): void {
  const { type } = schema;
  if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum.push(null);
  if (typeof type === 'string') schema.type = [type, 'null'];
  else if (Array.isArray(type)) {
    if (!type.includes('null')) type.push('null');
  } else {
    const union = Array.isArray(schema.oneOf)
      ? schema.oneOf
      : Array.isArray(schema.anyOf)
        ? schema.anyOf
        : undefined;
    if (union && !union.some((branch) => isObject(branch) && branch.type === 'null'))
      union.push({ type: 'null' });
    else if (!union) wrapWithNull(schema);
  }
}

/** A reference or an `allOf` can't be extended itself, so it becomes one branch, and null the other. */
function wrapWithNull(schema: JsonObject): void {
  const branch: JsonObject = {};
  for (const keyword of ['$ref', 'allOf', 'not', 'if', 'then', 'else', 'properties', 'items', 'const']) {
    if (!(keyword in schema)) continue;
    branch[keyword] = schema[keyword];
    delete schema[keyword];
  }
  // Without such keywords everything is allowed already, including null.
  if (Object.keys(branch).length > 0) schema.anyOf = [branch, { type: 'null' }];
}
