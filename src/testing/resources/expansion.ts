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

/** The resource with the fields that the call expands replaced by the objects that they refer to. */
export function expand(resource: Resource, call: Call): Resource {
  const tree = treeOf(call);
  const { document } = call.world;
  const described =
    listedItem(document, call.operation) ?? jsonOf(successOf(call.operation, 200))?.schemaPointer;
  return tree.size === 0 ? resource : inline(resource, tree, call, described ? [described] : []);
}

/** The resource as the user sees it in whose context the call is made. */
export function personalize(resource: Resource, table: Table | undefined, call: Call): Resource {
  const { user } = call;
  if (!user || !table?.personal) return resource;
  const named = user.header === undefined ? undefined : effectsOf(user.header, table, call);
  const changes = Object.entries(table.personal)
    // What a header changes, the document says; a token of the user changes all that can depend on a user.
    .filter(([field]) => field in resource && (!named || named.includes(field)))
    .map(([field, change]) => [field, change(resource[field], user.id, resource)] as const);
  return changes.length === 0 ? resource : { ...resource, ...Object.fromEntries(changes) };
}

/** The fields of a table's resources that a request header changes. */
function effectsOf(header: string, table: Table, { operation, world }: Call): string[] {
  // Expanded in another resource, one is still as those operations describe it that are about its kind.
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

/** @param pointers where schemas of the resource stand, as far as the document has them. */
function inline(resource: Resource, tree: Tree, call: Call, pointers: readonly string[]): Resource {
  const { document } = call.world;
  const result = { ...resource };
  for (const [field, deeper] of tree) {
    const described = pointers.flatMap((pointer) => properties(document, { $ref: pointer }).get(field) ?? []);
    const forms = described.flatMap((schema) => expandedForms(document, schema));
    // What is described as an address alone stays one, whatever the parameter says.
    if (described.length > 0 && forms.length === 0) continue;
    result[field] = inlined(result[field], deeper, call, forms);
  }
  return result;
}

/** What a reference leads to; of a list of references each. What is an object already is looked into. */
function inlined(value: unknown, deeper: Tree, call: Call, forms: readonly ExpandedForm[]): unknown {
  const pointers = forms.map(({ pointer }) => pointer);
  if (Array.isArray(value)) {
    const ofItems = pointers.map((pointer): ExpandedForm => ({ kind: 'object', pointer }));
    return value.map((one) => inlined(one, deeper, call, ofItems));
  }
  if (isObject(value)) return deeper.size === 0 ? value : inline(value, deeper, call, pointers);
  if (typeof value !== 'string') return value;
  const stored = call.world.store.resolve(value);
  const found = stored
    ? call.world.behaviours.personalize(stored.item, stored.collection.table, call)
    : (follow(value, call) ?? madeFor(value, call, forms));
  return found === undefined ? value : inlined(found, deeper, call, forms);
}

/** What stands at an address that no operation reads: made from the schema, the same each time. */
function madeFor(url: string, { world }: Call, forms: readonly ExpandedForm[]): unknown {
  const [form] = forms;
  if (!form) return undefined;
  const id = decodeURIComponent(new URL(url, world.places.linkBase).pathname.split('/').at(-1) ?? '');
  const made = world.made(form.pointer, { url, id });
  return form.kind === 'list' ? [made] : made;
}
