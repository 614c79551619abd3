import { isObject, join, lookup } from '../json.js';
import { resolve } from '../references/resolve.js';
import type { JsonObject, OpenApiDocument } from '../types.js';

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
  for (const { node, pointer } of objectsOf(document, '#', false)) resolve(document, node, pointer);
}

/** The first reference to a place that doesn't exist in the document. */
export function danglingReference(document: OpenApiDocument): { ref: string; pointer: string } | undefined {
  for (const { node, pointer } of objectsOf(document, '#', false)) {
    const { $ref: ref } = node;
    if (typeof ref === 'string' && ref.startsWith('#/') && lookup(document, ref) === undefined)
      return { ref, pointer };
  }
  return undefined;
}

/** All objects in which a `$ref` has its meaning: neither data nor lists by name. */
function* objectsOf(
  node: unknown,
  pointer: string,
  isMap: boolean,
): Generator<{ node: JsonObject; pointer: string }> {
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) yield* objectsOf(item, join(pointer, index), false);
    return;
  }
  if (!isObject(node)) return;
  if (!isMap) yield { node, pointer };
  for (const [key, child] of Object.entries(node)) {
    if (!isMap && (DATA.has(key) || key.startsWith('x-') || isValueList(key, child))) continue;
    yield* objectsOf(child, join(pointer, key), !isMap && MAPS.has(key));
  }
}

/** A schema's `examples` are values; those of a parameter, header or media type are Example Objects by name. */
function isValueList(key: string, child: unknown): boolean {
  return key === 'examples' && Array.isArray(child);
}
