import { EXPAND, pathShape } from '../../document/index.js';
import type { Call } from '../world.js';
import type { Resource, Table } from './resource.js';

interface Tree extends Map<string, Tree> {}

/** The resource with the fields that the call expands replaced by the objects that they refer to. */
export function expand(resource: Resource, call: Call): Resource {
  const tree = treeOf(call);
  return tree.size === 0 ? resource : inline(resource, tree, call);
}

/** The resource as the user sees it in whose context the call is made. */
export function personalize(resource: Resource, table: Table | undefined, call: Call): Resource {
  const { user } = call;
  if (!user || !table?.personal) return resource;
  const named = user.header === undefined ? undefined : effectsOf(user.header, table, call);
  const changes = Object.entries(table.personal)
    // What a header changes, the document says; a token of the user changes all that can depend on a user.
    .filter(([field]) => field in resource && (!named || named.includes(field)))
    .map(([field, change]) => [field, change(resource[field], user.id)] as const);
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

function inline(resource: Resource, tree: Tree, call: Call): Resource {
  const result = { ...resource };
  for (const [field, deeper] of tree) {
    const stored = typeof result[field] === 'string' ? call.world.store.resolve(result[field]) : undefined;
    if (!stored) continue;
    const seen = call.world.behaviours.personalize(stored.item, stored.collection.table, call);
    result[field] = inline(seen, deeper, call);
  }
  return result;
}
