import { DocumentError, type Operation, pathPattern, pathShape } from '../../document/index.js';
import { SortedCollection, sortKey } from './collection.js';
import type { Collection, Resource, Store, Stored, Table } from './resource.js';

/** Keeps collections once they have been asked for; a nested one is made the first time. */
export class MemoryStore implements Store {
  readonly #tables: Map<string, { table: Table; descending: boolean; collections: Map<string, Collection> }>;
  readonly #urls: { pattern: RegExp; table: Table }[];

  readonly #removed: Stored[] = [];

  constructor(tables: readonly Table[], operations: readonly Operation[]) {
    const lists = new Map(operations.filter((o) => o.method === 'GET').map((o) => [pathShape(o.path), o]));
    this.#tables = new Map(
      tables.map((table) => {
        const collection = lists.get(pathShape(table.path))?.collection;
        if (collection && collection.key !== table.key) {
          throw new DocumentError(
            `The sample data sorts ${table.path} by '${table.key}', the document by '${collection.key}'`,
            lists.get(pathShape(table.path))?.pointer ?? '#',
          );
        }
        const descending = collection?.order === 'descending';
        return [pathShape(table.path), { table, descending, collections: new Map<string, Collection>() }];
      }),
    );
    this.#urls = tables.map((table) => ({
      table,
      pattern: pathPattern(table.url ?? `${table.path}/{}`, ''),
    }));
  }

  has(path: string): boolean {
    return this.#tables.has(pathShape(path));
  }

  collection(path: string, keys: readonly string[]): Collection | null | undefined {
    const entry = this.#tables.get(pathShape(path));
    if (!entry) return undefined;
    const parent = this.parent(path, keys);
    if (parent === null) return null;
    const id = keys.map((key) => sortKey(key)).join('/');
    let collection = entry.collections.get(id);
    if (!collection || collection.parent?.item !== parent?.item) {
      collection = new SortedCollection(entry.table, parent, keys, entry.descending);
      entry.collections.set(id, collection);
      const removed = this.#removed.map(({ item, collection: { table } }) => String(item[table.key]));
      if (removed.length > 0) this.#forget(removed, collection.items);
    }
    return collection;
  }

  parent(path: string, keys: readonly string[]): Stored | null | undefined {
    const template = pathShape(path);
    const at = template.lastIndexOf('/{}');
    return at < 0 ? undefined : this.item(template.slice(0, at), keys);
  }

  item(path: string, keys: readonly string[]): Stored | null | undefined {
    const collection = this.collection(path, keys.slice(0, -1));
    if (!collection) return collection;
    const item = collection.find(keys.at(-1) ?? '');
    return item ? { item, collection } : null;
  }

  remove({ item, collection }: Stored): void {
    const key = String(item[collection.table.key]);
    collection.remove(key);
    this.#removed.push({ item, collection });
    for (const { collections } of this.#tables.values())
      for (const { items } of collections.values()) this.#forget([key], items);
  }

  /** Takes addresses of what was removed out of the lists of items. */
  #forget(keys: readonly string[], items: readonly Resource[]): void {
    // Resolving every address of a large fleet takes seconds, so we skip addresses that don't contain a removed key.
    const isGone = (value: unknown) =>
      typeof value === 'string' &&
      keys.some((key) => decoded(value).includes(key)) &&
      this.removed(value) !== undefined &&
      !this.resolve(value);
    for (const item of items) {
      for (const field of Object.keys(item)) {
        const value = item[field];
        if (Array.isArray(value) && value.some(isGone)) item[field] = value.filter((one) => !isGone(one));
      }
    }
  }

  resolve(url: string): Stored | undefined {
    const place = this.#placeOf(url);
    return place && (this.item(place.table.path, place.keys) ?? undefined);
  }

  removed(url: string): Stored | undefined {
    const place = this.#removed.length > 0 ? this.#placeOf(url) : undefined;
    if (!place) return undefined;
    const wanted = place.keys.map(sortKey).join('/');
    return this.#removed.findLast(({ item, collection: { table, keys } }) => {
      return table === place.table && [...keys, String(item[table.key])].map(sortKey).join('/') === wanted;
    });
  }

  #placeOf(url: string): { table: Table; keys: string[] } | undefined {
    const path = URL.canParse(url) ? new URL(url).pathname : '';
    for (const { pattern, table } of this.#urls) {
      const match = pattern.exec(path);
      if (match) return { table, keys: match.slice(1).map(decodeURIComponent) };
    }
    return undefined;
  }
}

function decoded(url: string): string {
  if (!url.includes('%')) return url;
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
