import {
  EXPAND,
  type ExpandedForm,
  expandedForms,
  isObject,
  pathShape,
  properties,
} from '../../document/index.js';
import { jsonOf, listedItem, successOf } from '../made/collections.js';
import type { Call } from '../world.js';
import { follow } from './follow.js';
import type { Resource, Table } from './resource.js';

interface Tree extends Map<string, Tree> {}

/** The resource with the fields that the call expands replaced by the objects they refer to. */
export function expand(resource: Resource, call: Call): Resource {
  const tree = treeOf(call);
  const { document } = call.world;
  const described =
    listedItem(document, call.operation) ?? jsonOf(successOf(call.operation, 200))?.schemaPointer;
  return tree.size === 0 ? resource : inline(resource, tree, call, described ? [described] : []);
}

/** The resource as the call's user sees it. */
export function personalize(resource: Resource, table: Table | undefined, call: Call): Resource {
  const { user } = call;
  if (!user || !table?.personal) return resource;
  const named = user.header === undefined ? undefined : effectsOf(user.header, table, call);
  const changes = Object.entries(table.personal)
    // The document may say which fields a header changes; a user's token changes all that can depend on a user.
    .filter(([field]) => Object.hasOwn(resource, field) && (!named?.length || named.includes(field)))
    .map(([field, change]) => [field, change(resource[field], user.id, resource)] as const);
  return changes.length === 0 ? resource : { ...resource, ...Object.fromEntries(changes) };
}

/** The fields of a table's resources that a request header changes. */
function effectsOf(header: string, table: Table, { operation, world }: Call): string[] {
  // A resource that is expanded inside another is still described by the operations on its own kind.
  const about = world.operations.filter(({ path }) => pathShape(path) === pathShape(table.path));
  return [operation, ...about].flatMap(({ headerEffects }) => headerEffects[header] ?? []);
}

function treeOf(call: Call): Tree {
  const tree: Tree = new Map();
  const paths = call.query[EXPAND];
  for (const path of Array.isArray(paths) ? paths : []) {
    let node = tree;
    for (const field of String(path).split('.')) {
      const next: Tree = node.get(field) ?? new Map();
      node.set(field, next);
      node = next;
    }
  }
  return tree;
}

/** @param pointers to schemas of the resource, as far as the document has them. */
function inline(resource: Resource, tree: Tree, call: Call, pointers: readonly string[]): Resource {
  const { document } = call.world;
  const result = { ...resource };
  for (const [field, deeper] of tree) {
    const described = pointers.flatMap((pointer) => properties(document, { $ref: pointer }).get(field) ?? []);
    const forms = described.flatMap((schema) => expandedForms(document, schema));
    // A field that is described only as an address stays one, whatever the parameter says.
    if (described.length > 0 && forms.length === 0) continue;
    result[field] = inlined(result[field], deeper, call, forms);
  }
  return result;
}

/** What a reference leads to, or each reference of a list. If it is an object already, its own fields are expanded. */
function inlined(value: unknown, deeper: Tree, call: Call, forms: readonly ExpandedForm[]): unknown {
  const pointers = forms.map(({ pointer }) => pointer);
  if (Array.isArray(value)) {
    const ofItems = pointers.map((pointer): ExpandedForm => ({ kind: 'object', pointer }));
    return value.map((one) => inlined(one, deeper, call, ofItems));
  }
  if (isObject(value)) return deeper.size === 0 ? value : inline(value, deeper, call, pointers);
  if (typeof value !== 'string') return value;
  const { store } = call.world;
  const stored = store.resolve(value) ?? store.removed(value);
  const found = stored
    ? call.world.behaviours.personalize(stored.item, stored.collection.table, call)
    : (follow(value, call) ?? madeFor(value, call, forms));
  return found === undefined ? value : inlined(found, deeper, call, forms);
}

/** Something for an address that no operation reads: made from the schema, the same each time. */
function madeFor(url: string, { world }: Call, forms: readonly ExpandedForm[]): unknown {
  const [form] = forms;
  if (!form) return undefined;
  const id = decodeURIComponent(new URL(url, world.places.linkBase).pathname.split('/').at(-1) ?? '');
  const made = world.made(form.pointer, { url, id });
  return form.kind === 'list' ? [made] : made;
}
