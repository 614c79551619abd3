import { lookup, tokens } from '../json.js';
import { walkSchemas } from '../references/walk-schemas.js';
import type { JsonObject, OpenApiDocument } from '../types.js';
import { addNote } from './notes.js';

/** Stands for the address of the document itself, which it doesn't state. */
const HERE = 'document:///';

/** A schema that has an address of its own (JSON Schema 2020-12, section 8.2.1). */
interface Resource {
  pointer: string;
  uri: string;
}

/**
 * Writes references to a schema's `$id` or `$anchor` as pointers into the document, which everything else follows, and
 * takes the two away: they change what a pointer means. In place.
 */
export function readIds(document: OpenApiDocument): void {
  const schemas: { schema: JsonObject; pointer: string }[] = [];
  walkSchemas(document, (schema, pointer) => schemas.push({ schema, pointer }));
  const named = schemas.filter(({ schema }) => isText(schema.$id) || isText(schema.$anchor));
  if (named.length === 0) return;
  const resources = resourcesOf(named);
  const places = new Map(resources.map(({ uri, pointer }) => [uri, pointer]));
  for (const { schema, pointer } of named)
    if (isText(schema.$anchor)) places.set(`${baseOf(pointer, resources)}#${schema.$anchor}`, pointer);
  let count = 0;
  for (const { schema, pointer } of schemas) {
    if (!isText(schema.$ref)) continue;
    const place = placeOf(document, schema.$ref, baseOf(pointer, resources), places);
    if (place === undefined || place === schema.$ref) continue;
    schema.$ref = place;
    count += 1;
  }
  for (const { schema } of named) {
    delete schema.$id;
    delete schema.$anchor;
  }
  if (count > 0)
    addNote(document, `references to an $id or an $anchor (${count}) are read as places in the document`);
}

/** The outer ones first, since an inner `$id` may be relative to an outer one. */
function resourcesOf(named: readonly { schema: JsonObject; pointer: string }[]): Resource[] {
  const resources: Resource[] = [];
  const byDepth = [...named].sort((a, b) => tokens(a.pointer).length - tokens(b.pointer).length);
  for (const { schema, pointer } of byDepth) {
    const base = baseOf(pointer, resources);
    if (isText(schema.$id) && URL.canParse(schema.$id, base))
      resources.push({ pointer, uri: withoutFragment(new URL(schema.$id, base)) });
  }
  return resources;
}

/** The address of the resource that a place is in. */
function baseOf(pointer: string, resources: readonly Resource[]): string {
  const around = resources.filter((one) => pointer === one.pointer || pointer.startsWith(`${one.pointer}/`));
  return around.at(-1)?.uri ?? HERE;
}

/** Where a reference leads; undefined if it doesn't lead to an address of the document. */
function placeOf(
  document: OpenApiDocument,
  ref: string,
  base: string,
  places: ReadonlyMap<string, string>,
): string | undefined {
  if (!URL.canParse(ref, base)) return undefined;
  const url = new URL(ref, base);
  const resource = withoutFragment(url);
  const fragment = url.hash.slice(1);
  if (fragment !== '' && !fragment.startsWith('/')) return places.get(`${resource}#${fragment}`);
  const start = places.get(resource);
  if (start === undefined) return undefined;
  const place = `${start}${fragment}`;
  // Beside an `$id`, many mean a place in the document all the same.
  return lookup(document, place) === undefined && ref.startsWith('#/') ? undefined : place;
}

function withoutFragment(url: URL): string {
  return url.href.replace(/#.*$/s, '');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
