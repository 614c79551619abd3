import {
  declaredResponse,
  isObject,
  PAGE_AFTER,
  PAGE_BEFORE,
  PAGE_NUMBER,
  PAGE_SIZE,
  resolve,
  type Schema,
} from '../../document/index.js';
import { invalidPaging, notFound } from '../problems.js';
import type { Call } from '../world.js';
import { sortKey } from './collection.js';
import type { Collection, PageOf, Resource, SortKey } from './resource.js';
import { sortingOf } from './sorting.js';

const DEFAULT_SIZE = 25;

/** Cuts the requested page out of the selected items of a collection. */
export function paginate(items: readonly Resource[], collection: Collection, call: Call): PageOf<Resource> {
  const { paging } = call.operation;
  if (!paging) return { items };
  const size = pageSize(call);
  if (paging.style === 'page') return numberedPage(items, Number(call.query[PAGE_NUMBER] ?? 1), size, call);
  if (call.query[PAGE_AFTER] !== undefined) {
    const cursor = readCursor(PAGE_AFTER, call, collection);
    const start = cursor === undefined ? 0 : placeOf(cursor, items, collection, call).behind;
    return cursorPage(items, start, start + size, collection, call);
  }
  if (call.query[PAGE_BEFORE] !== undefined) {
    const cursor = readCursor(PAGE_BEFORE, call, collection);
    const end = cursor === undefined ? size : placeOf(cursor, items, collection, call).at;
    return cursorPage(items, Math.max(0, end - size), end, collection, call);
  }
  return cursorPage(items, 0, size, collection, call);
}

/**
 * The position of a cursor's item among others, or where it would be. In an order other than the collection's, the item
 * must exist.
 */
function placeOf(cursor: SortKey, items: readonly Resource[], collection: Collection, call: Call) {
  if (!sortingOf(call))
    return { at: collection.lowerBound(items, cursor), behind: collection.upperBound(items, cursor) };
  const at = items.findIndex((item) => collection.keyOf(item) === cursor);
  return { at, behind: at + 1 };
}

/** The `Link` header of a page (RFC 8288): `about:blank` if there is no page in that direction. */
export function linkHeader(page: PageOf<Resource>, call: Call): string {
  const target = (changes: Record<string, string> | undefined) =>
    changes ? neighbour(call, changes) : 'about:blank';
  return `<${target(page.previous)}>; rel="previous", <${target(page.next)}>; rel="next"`;
}

function neighbour(call: Call, changes: Record<string, string>): string {
  const { places } = call.world;
  const query = new URLSearchParams(call.request.url.searchParams);
  for (const name of [PAGE_AFTER, PAGE_BEFORE]) query.delete(name);
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  const path = call.request.url.pathname.slice(places.basePath.length);
  // The API doesn't encode the colons of times.
  return `${places.linkBase}${path}?${query.toString().replaceAll('%3A', ':')}`;
}

function cursorPage(
  items: readonly Resource[],
  start: number,
  end: number,
  collection: Collection,
  call: Call,
): PageOf<Resource> {
  const page: PageOf<Resource> = { items: items.slice(start, end) };
  const first = page.items[0];
  const last = page.items.at(-1);
  const cursorOf = (item: Resource) => String(item[collection.table.key]);
  // Not every collection can be walked back.
  if (first && start > 0 && declared(call, PAGE_BEFORE)) page.previous = { [PAGE_BEFORE]: cursorOf(first) };
  if (last && end < items.length) page.next = { [PAGE_AFTER]: cursorOf(last) };
  return page;
}

function numberedPage(items: readonly Resource[], page: number, size: number, call: Call): PageOf<Resource> {
  const last = Math.max(1, Math.ceil(items.length / size));
  if (!Number.isInteger(page) || page < 1)
    throw invalidPaging({ [PAGE_NUMBER]: ['must be a whole number from 1'] });
  if (page > last) {
    // 404 if the document declares it for this; otherwise the page number counts as invalid.
    throw declaredResponse(call.operation, 404)
      ? notFound(`There is no page ${page}: the last one is ${last}.`)
      : invalidPaging({ [PAGE_NUMBER]: [`must be <= ${last}`] });
  }
  return {
    items: items.slice((page - 1) * size, page * size),
    ...(page > 1 ? { previous: { [PAGE_NUMBER]: String(page - 1) } } : {}),
    ...(page < last ? { next: { [PAGE_NUMBER]: String(page + 1) } } : {}),
  };
}

function pageSize(call: Call): number {
  const size = call.query[PAGE_SIZE];
  if (typeof size === 'number') return size;
  const parameter = declared(call, PAGE_SIZE);
  if (!parameter) return DEFAULT_SIZE;
  const schema = resolve<Schema>(call.world.document, parameter.schema, parameter.schemaPointer).value;
  return isObject(schema) && typeof schema.default === 'number' ? schema.default : DEFAULT_SIZE;
}

/**
 * The position that a cursor names. Undefined for a cursor that the document allows but this collection never issues,
 * such as an id if the entries are ordered by time: then the first page is returned. A collection ordered by time
 * accepts times, even if the document's pattern asks for an id.
 */
function readCursor(name: string, call: Call, collection: Collection): SortKey | undefined {
  const value = call.query[name];
  const key = sortKey(value);
  const [first] = collection.items;
  const timed = first !== undefined && typeof collection.keyOf(first) === 'number';
  if (timed && typeof key === 'number') return key;
  const parameter = declared(call, name);
  const { schemas } = call.world;
  const own = parameter?.schemaPointer ?? '#';
  // If the parameter allows any text, the items' key says what a cursor looks like.
  const isFree = !schemas.check(own, '?') && parameter?.examples.every((example) => example.value !== value);
  const forms = isFree && !timed ? [own, ...keySchemas(collection)] : [own];
  const allowed = forms.every((pointer) => !schemas.check(pointer, value));
  const takesBoth = call.operation.paging?.cursorKind === 'timestamp';
  if (!allowed || (timed && !takesBoth))
    throw invalidPaging({ [name]: ['is not a cursor of this collection'] });
  return timed ? undefined : key;
}

/**
 * Refuses cursors for what isn't paged, such as a list within an object: none was ever issued.
 *
 * @throws Problem 400 for one that the document doesn't allow, or that could be anything.
 */
export function requireCursors(call: Call): void {
  for (const name of [PAGE_AFTER, PAGE_BEFORE]) {
    const value = call.query[name];
    const parameter = declared(call, name);
    if (value === undefined || !parameter) continue;
    const isAllowed = (text: unknown) => !call.world.schemas.check(parameter.schemaPointer, text);
    const isFree = isAllowed('?') && parameter.examples.every((example) => example.value !== value);
    const isTime = typeof sortKey(value) === 'number';
    if (!isAllowed(value) || (isFree && !isTime)) {
      throw invalidPaging({ [name]: ['is not a cursor of this collection'] });
    }
  }
}

/** Schemas of keys that are text; a number becomes text in an address. */
function keySchemas(collection: Collection): readonly string[] {
  const [first] = collection.items;
  const isText = first !== undefined && typeof collection.keyOf(first) === 'string';
  return isText ? (collection.table.keySchemas ?? []) : [];
}

function declared(call: Call, name: string) {
  return call.operation.parameters.find((p) => p.in === 'query' && p.name === name);
}
