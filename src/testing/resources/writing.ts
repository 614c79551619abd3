import {
  allProperties,
  goesOneWay,
  isObject,
  type Located,
  type MediaType,
  type Schema,
} from '../../document/index.js';
import { collectionPath, jsonOf, statusOf, successOf } from '../made/collections.js';
import { flatten, list } from '../made/flatten.js';
import { urlAt } from '../made/place.js';
import { Problem } from '../problems.js';
import type { Answer, Call } from '../world.js';
import { keepable } from './keepable.js';
import { isVisible, keysOf, shown } from './reading.js';
import type { Collection, Resource, Table } from './resource.js';

/** Changes the fields that the body names, if the document allows that; null clears a field. */
export function update(call: Call): Answer {
  const { item, collection } = call.world.behaviours.find(call);
  const described = fieldsOf(call, call.operation.requestBody?.content ?? []);
  for (const [field, value] of Object.entries(changesOf(call, collection.table, item))) {
    if (described.has(field) && field !== collection.table.key) item[field] = value;
  }
  const body = shown(item, collection.table, call);
  return { status: statusOf(call.operation, 200), body, table: collection.table };
}

/** Changes an item; where there is none and the document declares a 201, adds one with the id of the path. */
export function put(call: Call): Answer {
  const { operation, world } = call;
  const keys = keysOf(call);
  const key = keys.at(-1) ?? '';
  const list = collectionPath(operation.path) ?? operation.path;
  const collection = world.store.collection(list, keys.slice(0, -1));
  const mayAdd = operation.responses.some(({ status }) => status === '201');
  const create = collection?.table.create;
  if (!collection || !create || !mayAdd || collection.find(key)) return world.behaviours.update(call);
  const { table, parent } = collection;
  const item = create(changesOf(call, table), parent?.item, collection.keys);
  const isNumber = typeof collection.items[0]?.[table.key] === 'number';
  giveKey(item, table, isNumber ? Number(key) : key);
  collection.insert(item);
  const headers = locationOf(item, collection, call);
  return { status: statusOf(operation, 201), headers, body: shown(item, table, call), table };
}

function giveKey(item: Resource, { key }: Table, value: string | number): void {
  item[key] = value;
  if (typeof item.url === 'string')
    item.url = item.url.replace(/[^/]+(\/?)$/, `${encodeURIComponent(value)}$1`);
}

/**
 * The fields of a body that callers may set, as answers can show them.
 *
 * @param table whose items have the fields, if a table has them.
 * @param before what a PATCH changes: a map of which it names some members keeps the others.
 * @throws Problem 400 for what can't be kept.
 */
export function changesOf(call: Call, table?: Table, before: Resource = {}): Resource {
  if (!isObject(call.body)) return {};
  const { document } = call.world;
  const answer = jsonOf(successOf(call.operation));
  const sent = fieldsOf(call, call.operation.requestBody?.content ?? []);
  const answered = fieldsOf(call, answer ? [answer] : []);
  const kept = table?.pointer === undefined ? [] : allProperties(document, { $ref: table.pointer });
  // The body's own schema says what callers may set.
  const fields = new Map([...answered, ...sent]);
  const changes = Object.entries(call.body).flatMap(([name, value]) => {
    const field = fields.get(name);
    if (field && goesOneWay(document, field.value, 'readOnly', field.pointer)) return [];
    const old = before[name];
    const isAddition = call.operation.method === 'PATCH' && isObject(value) && isObject(old);
    return [[name, isAddition && isPartial(call, field) ? { ...old, ...value } : value]];
  });
  return keepable(Object.fromEntries(changes), new Map([...sent, ...answered, ...kept]), call);
}

/**
 * Whether a PATCH may send only parts of an object: if its schema requires no member. Others, such as a place, are
 * replaced as a whole.
 */
function isPartial({ world }: Call, field: Located<Schema> | undefined): boolean {
  const { properties, required, oneOf, anyOf } = (field && flatten(world.document, field.value)) ?? {};
  return properties !== undefined && !oneOf && !anyOf && list(required).length === 0;
}

/** The fields that the schemas name, including those of alternatives. */
function fieldsOf({ world }: Call, content: readonly MediaType[]): Map<string, Located<Schema>> {
  return new Map(
    content.flatMap(({ schema, schemaPointer }) => [
      ...allProperties(world.document, schema ?? true, schemaPointer),
    ]),
  );
}

/** Removes an item, everything below it, and its URL where other resources name it as theirs. */
export function remove(call: Call): Answer {
  const { behaviours, store } = call.world;
  const stored = behaviours.find(call);
  release(stored.item, call.world);
  store.remove(stored);
  return { status: statusOf(call.operation, 204) };
}

/**
 * Something that the item names and that names it back, such as a part of it, then belongs to nothing, if that field
 * may be null.
 */
function release(item: Resource, world: Call['world']): void {
  const { store } = world;
  const leadsTo = (url: unknown) => (typeof url === 'string' ? store.resolve(url) : undefined);
  for (const part of Object.values(item).map(leadsTo)) {
    if (!part || part.item === item) continue;
    for (const [field, url] of Object.entries(part.item))
      if (leadsTo(url)?.item === item && mayBeNull(field, part.collection.table, world))
        part.item[field] = null;
  }
}

function mayBeNull(
  field: string,
  { path }: Table,
  { document, operations, schemas }: Call['world'],
): boolean {
  const read = operations.find((one) => one.method === 'GET' && collectionPath(one.path) === path);
  const $ref = read && jsonOf(successOf(read, 200))?.schemaPointer;
  const described = $ref === undefined ? undefined : allProperties(document, { $ref }).get(field);
  return described !== undefined && !schemas.check(described.pointer, null);
}

/**
 * Adds an item to a collection.
 *
 * @throws Problem 403 if a user would add something that is another's.
 */
export function create(call: Call): Answer {
  const { collection } = call.world.behaviours.collect(call);
  const { table, parent, keys } = collection;
  if (!table.create) {
    throw new Problem(403, 'Forbidden', 'Nothing can be added to this collection.');
  }
  // A file or a list has no fields to take.
  const fields = { ...ownerOf(table, call), ...changesOf(call, table) };
  if (typeof table.owner === 'string' && table.owner in fields && !isVisible(fields, table.owner, call))
    throw new Problem(403, 'Forbidden', 'Nothing can be added for another user.');
  const item = table.create(fields, parent?.item, keys);
  const key = keySent(fields, table, call);
  if (key !== undefined) {
    giveKey(item, table, key);
    // Replaces whatever had that key before.
    collection.remove(String(key));
  }
  collection.insert(item);
  const headers = locationOf(item, collection, call);
  return { status: statusOf(call.operation, 201), headers, body: shown(item, table, call), table };
}

/** The key of what is added, where the document lets callers choose it. */
function keySent(fields: Resource, { key, keySchemas = [] }: Table, call: Call): string | number | undefined {
  const value = fields[key];
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const isDescribed = fieldsOf(call, call.operation.requestBody?.content ?? []).has(key);
  const isFit = keySchemas.every((pointer) => !call.world.schemas.check(pointer, value));
  return isDescribed && isFit ? value : undefined;
}

/** The field that holds whom an item belongs to: what a user adds is theirs. */
function ownerOf({ owner }: Table, { user, world }: Call): Resource {
  const { users } = world.dataset;
  const known = user && users && world.store.item(users.path, [user.id]);
  return known && typeof owner === 'string' ? { [owner]: known.item.url } : {};
}

/** The address of what was created, where the document declares that header. */
function locationOf(item: Resource, { table, keys }: Collection, call: Call): Record<string, string> {
  const declared = successOf(call.operation, 201)?.headers.find(({ name }) => /^location$/i.test(name));
  if (!declared) return {};
  const place = { path: table.url ?? `${table.path}/{}`, keys: [...keys, String(item[table.key])] };
  return { [declared.name]: urlAt(place, call.world.places.linkBase) };
}
