import { pathParameters } from '../document/index.js';
import { notFound } from './problems.js';
import type { Collection, Stored } from './store.js';
import type { Answer, Call, Resource } from './types.js';

/** A collection with the items of it that the caller may see. */
export interface Visible {
  collection: Collection;
  items: readonly Resource[];
}

/** The values of the path parameters in the order of the path. */
export function keysOf(call: Call): string[] {
  return pathParameters(call.operation.path).map((name) => call.path[name] ?? '');
}

/** @throws Problem 404 when an item that the path names doesn't exist or isn't visible. */
export function collect(call: Call): Visible {
  const { store } = call.world;
  const { path } = call.operation;
  const keys = keysOf(call);
  const parent = store.parent(path, keys);
  if (parent) requireVisible(parent, call);
  const collection = store.collection(path, keys);
  if (!collection) throw missing(keys);
  const { owner } = collection.table;
  if (owner === undefined || !call.user) return { collection, items: collection.items };
  return { collection, items: collection.items.filter((item) => isVisible(item, owner, call)) };
}

/** @throws Problem 404 when the item doesn't exist or isn't visible. */
export function find(call: Call): Stored {
  const path = call.operation.path.replace(/\/\{[^{}]*\}\/?$/, '');
  const keys = keysOf(call);
  const { store } = call.world;
  const parent = store.parent(path, keys.slice(0, -1));
  if (parent) requireVisible(parent, call);
  const stored = store.item(path, keys);
  if (!stored) throw missing(keys);
  requireVisible(stored, call);
  return stored;
}

/** A page of a collection. */
export function list(call: Call): Answer {
  const { behaviours } = call.world;
  const { collection, items } = behaviours.collect(call);
  const page = behaviours.paginate(behaviours.filter(items, collection, call), collection, call);
  const headers = call.operation.paging ? { Link: behaviours.link(page, call) } : {};
  return { status: 200, body: page.items, headers, table: collection.table };
}

/** One item of a collection. */
export function retrieve(call: Call): Answer {
  const { item, collection } = call.world.behaviours.find(call);
  return { status: 200, body: item, table: collection.table };
}

export function requireVisible({ item, collection }: Stored, call: Call): void {
  const { owner } = collection.table;
  if (owner !== undefined && !isVisible(item, owner, call))
    throw missing([String(item[collection.table.key])]);
}

function isVisible(item: Resource, owner: string, { user }: Call): boolean {
  return !user || String(item[owner]).replace(/\/$/, '').endsWith(`/${user.id}`);
}

function missing(keys: readonly string[]) {
  return notFound(`There is no '${keys.at(-1)}' that you may see.`);
}
