import { pathParameters, pathShape } from '../../document/index.js';
import { jsonOf, listedItem, statusOf, successOf } from '../made/collections.js';
import { notFound } from '../problems.js';
import type { Answer, Call } from '../world.js';
import type { Resource, Stored, Table, Visible } from './resource.js';
import { sort } from './sorting.js';

/** The values of the path parameters in the order of the path. */
export function keysOf(call: Call): string[] {
  return pathParameters(call.operation.path).map((name) => call.path[name] ?? '');
}

/** @throws Problem 404 if an item in the path doesn't exist or isn't visible. */
export function collect(call: Call): Visible {
  const keys = keysOf(call);
  const collection = call.world.store.collection(call.operation.path, keys);
  if (!collection) throw missing(keys);
  if (collection.parent) requireVisible(collection.parent, call);
  const { owner, listedFor } = collection.table;
  const { user } = call;
  if (!user || !(owner ?? listedFor)) return { collection, items: collection.items };
  const items = collection.items.filter(
    (item) => (!owner || isVisible(item, owner, call)) && (!listedFor || listedFor(item, user.id)),
  );
  return { collection, items };
}

/** @throws Problem 404 if the item doesn't exist or isn't visible. */
export function find(call: Call): Stored {
  const path = call.operation.path.replace(/\/\{[^{}]*\}\/?$/, '');
  const keys = keysOf(call);
  const stored = call.world.store.item(path, keys);
  if (!stored) throw missing(keys);
  requireVisible(stored, call);
  return stored;
}

/** The item above the call's path, if there is one: `/a/{id}` for `/a/{id}/b`. */
export function parentOf(call: Call): Resource | undefined {
  const keys = keysOf(call);
  const parent = call.world.store.parent(call.operation.path, keys);
  if (parent === null) throw missing(keys);
  if (parent) requireVisible(parent, call);
  else requireAbove(pathShape(call.operation.path), keys, call);
  return parent?.item;
}

/**
 * @throws Problem 404 if what is further above doesn't exist: `/a/{id}` for `/a/{id}/b/{name}`, where no `b` is kept.
 */
function requireAbove(path: string, keys: readonly string[], call: Call): void {
  const at = path.lastIndexOf('/{}');
  if (at < 0) return;
  const above = call.world.store.parent(path, keys);
  if (above === null) throw missing(keys);
  if (above) requireVisible(above, call);
  else {
    const shorter = path.slice(0, at);
    // A segment may have several parameters: `{base}...{head}`.
    requireAbove(shorter, keys.slice(0, shorter.split('{}').length - 1), call);
  }
}

/** Answers with a page of a collection. */
export function list(call: Call): Answer {
  const { behaviours } = call.world;
  const { collection, items } = behaviours.collect(call);
  const selected = sort(behaviours.filter(items, collection, call), call);
  const page = behaviours.paginate(selected, collection, call);
  const headers = call.operation.paging ? { Link: behaviours.link(page, call) } : {};
  const body = page.items.map((item) => shown(item, collection.table, call));
  return { status: statusOf(call.operation, 200), body, headers, table: collection.table };
}

/** Answers with one item of a collection. */
export function retrieve(call: Call): Answer {
  const { item, collection } = call.world.behaviours.find(call);
  const body = shown(item, collection.table, call);
  return { status: statusOf(call.operation, 200), body, table: collection.table };
}

/** An item is visible if it and everything it belongs to are the user's own, or nobody's in particular. */
function requireVisible({ item, collection }: Stored, call: Call): void {
  const { owner, key } = collection.table;
  if (owner !== undefined && !isVisible(item, owner, call)) throw missing([String(item[key])]);
  if (collection.parent) requireVisible(collection.parent, call);
}

/** Whether an item belongs to the user of the call, if there is one. */
export function isVisible(item: Resource, owner: NonNullable<Table['owner']>, { user }: Call): boolean {
  const url = typeof owner === 'string' ? item[owner] : owner(item);
  return !user || String(url).replace(/\/$/, '').endsWith(`/${user.id}`);
}

function missing(keys: readonly string[]) {
  return notFound(`There is no '${keys.at(-1)}' that you may see.`);
}

/** An item in the form that the call's operation describes. */
export function shown(item: Resource, table: Table, { operation, world }: Call): Resource {
  if (!table.shown) return item;
  const listed = operation.method === 'GET' ? listedItem(world.document, operation) : undefined;
  const pointer = listed ?? jsonOf(successOf(operation))?.schemaPointer;
  return pointer === undefined ? item : table.shown(item, pointer);
}
