import { isObject, join, resolve } from '../references/pointer.js';
import type { OpenApiDocument } from '../types.js';

// The keys of these objects are the document's own names, not keywords.
const MAPS = new Set([
  ...['paths', 'webhooks', 'responses', 'content', 'headers', 'links', 'callbacks', 'encoding', 'examples'],
  ...['schemas', 'parameters', 'requestBodies', 'securitySchemes', 'pathItems'],
  ...['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'],
]);

// These hold data, in which a `$ref` has no meaning.
const DATA = new Set(['example', 'value', 'default', 'enum', 'const', 'mapping']);

/**
 * Follows every `$ref` of the document, however deep inside a schema.
 *
 * @throws DocumentError for the first one that can't be resolved within the document.
 */
export function refuseDangling(document: OpenApiDocument): void {
  walk(document, document, '#', false);
}

function walk(document: OpenApiDocument, node: unknown, pointer: string, isMap: boolean): void {
  if (Array.isArray(node)) {
    node.forEach((item, index) => {
      walk(document, item, join(pointer, index), false);
    });
    return;
  }
  if (!isObject(node)) return;
  if (!isMap) resolve(document, node, pointer);
  for (const [key, child] of Object.entries(node)) {
    if (!isMap && (DATA.has(key) || key.startsWith('x-') || isValueList(key, child))) continue;
    walk(document, child, join(pointer, key), !isMap && MAPS.has(key));
  }
}

/** A schema's `examples` are values; those of a parameter, header or media type are Example Objects by name. */
function isValueList(key: string, child: unknown): boolean {
  return key === 'examples' && Array.isArray(child);
}
