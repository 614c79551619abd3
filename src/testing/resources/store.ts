import { DocumentError, type Operation } from '../../document/index.js';
import type { Resource } from '../world.js';
import type { Dataset, Table } from './dataset.js';
import { parseInstant } from './instant.js';
import { shape, templatePattern } from './template.js';

/** A value to sort by: moments are compared as such, whatever their spelling. */
export type SortKey = string | number;

export function sortKey(value: unknown): SortKey {
  if (typeof value === 'number') return value;
  const text = String(value);
  return parseInstant(text) ?? text;
}

/** The items of one collection (of one parent), in the API's order. */
export class Collection {
  readonly table: Table;
  /** The item that this collection belongs to, if it is nested. */
  readonly parent: Stored | undefined;
  readonly descending: boolean;
  readonly items: Resource[];

  constructor(table: Table, parent: Stored | undefined, descending: boolean) {
    this.table = table;
    this.parent = parent;
    this.descending = descending;
    this.items = table.items(parent?.item);
    const keyed = this.items.map((item) => ({ item, key: this.keyOf(item) }));
    keyed.sort((a, b) => this.compare(a.key, b.key));
    keyed.forEach(({ item }, index) => {
      this.items[index] = item;
    });
  }

  keyOf(item: Resource): SortKey {
    return sortKey(item[this.table.key]);
  }

  /** Negative when `a` stands before `b` in this collection. */
  compare(a: SortKey, b: SortKey): number {
    const order = a < b ? -1 : a > b ? 1 : 0;
    return this.descending ? -order : order;
  }

  /** Index of the first of `items` (a part of this collection) that doesn't stand before `key`. */
  lowerBound(items: readonly Resource[], key: SortKey): number {
    return this.#search(items, (item) => this.compare(this.keyOf(item), key) >= 0);
  }

  /** Index of the first of `items` (a part of this collection) that stands after `key`. */
  upperBound(items: readonly Resource[], key: SortKey): number {
    return this.#search(items, (item) => this.compare(this.keyOf(item), key) > 0);
  }

  find(key: string): Resource | undefined {
    const index = this.#indexOf(key);
    return index === undefined ? undefined : this.items[index];
  }

  remove(key: string): void {
    const index = this.#indexOf(key);
    if (index !== undefined) this.items.splice(index, 1);
  }

  insert(item: Resource): void {
    this.items.splice(this.lowerBound(this.items, this.keyOf(item)), 0, item);
  }

  #indexOf(key: string): number | undefined {
    const wanted = sortKey(key);
    const index = this.lowerBound(this.items, wanted);
    const item = this.items[index];
    return item && this.keyOf(item) === wanted ? index : undefined;
  }

  #search(items: readonly Resource[], found: (item: Resource) => boolean): number {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (found(items[middle] as Resource)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

export interface Stored {
  item: Resource;
  collection: Collection;
}

/** All resources of a fake, by path and by URL. */
export class Store {
  readonly #tables: Map<string, { table: Table; descending: boolean; collections: Map<string, Collection> }>;
  readonly #urls: { pattern: RegExp; table: Table }[];

  constructor(dataset: Dataset, operations: readonly Operation[]) {
    const lists = new Map(operations.filter((o) => o.method === 'GET').map((o) => [shape(o.path), o]));
    this.#tables = new Map(
      dataset.tables.map((table) => {
        const collection = lists.get(shape(table.path))?.collection;
        if (collection && collection.key !== table.key) {
          throw new DocumentError(
            `The sample data sorts ${table.path} by '${table.key}', the document by '${collection.key}'`,
            lists.get(shape(table.path))?.pointer ?? '#',
          );
        }
        const descending = collection?.order === 'descending';
        return [shape(table.path), { table, descending, collections: new Map<string, Collection>() }];
      }),
    );
    this.#urls = dataset.tables.map((table) => ({
      table,
      pattern: templatePattern(table.url ?? `${table.path}/{}`),
    }));
  }

  /** Whether there is a table for the collection at this path template. */
  has(path: string): boolean {
    return this.#tables.has(shape(path));
  }

  /**
   * The collection at a path template, below the items that `keys` name (in the order of the path).
   * Undefined when the data has no such table, null when a parent doesn't exist.
   */
  collection(path: string, keys: readonly string[]): Collection | null | undefined {
    const entry = this.#tables.get(shape(path));
    if (!entry) return undefined;
    const parent = this.parent(path, keys);
    if (parent === null) return null;
    const id = keys.map((key) => sortKey(key)).join('/');
    let collection = entry.collections.get(id);
    if (!collection || collection.parent?.item !== parent?.item) {
      collection = new Collection(entry.table, parent, entry.descending);
      entry.collections.set(id, collection);
    }
    return collection;
  }

  /** The nearest item that a path is below of; undefined when there is none, null when it doesn't exist. */
  parent(path: string, keys: readonly string[]): Stored | null | undefined {
    const template = shape(path);
    const at = template.lastIndexOf('/{}');
    return at < 0 ? undefined : this.item(template.slice(0, at), keys);
  }

  /** The item of the collection at `path` that the last of `keys` names; null when it doesn't exist. */
  item(path: string, keys: readonly string[]): Stored | null | undefined {
    const collection = this.collection(path, keys.slice(0, -1));
    if (!collection) return collection;
    const item = collection.find(keys.at(-1) ?? '');
    return item ? { item, collection } : null;
  }

  /** Removes an item, with everything below, and takes its URL out of the lists of other resources. */
  remove({ item, collection }: Stored): void {
    const others = (value: unknown) => typeof value !== 'string' || this.resolve(value)?.item !== item;
    for (const { items } of this.#loaded()) {
      for (const other of items) {
        for (const [field, value] of Object.entries(other)) {
          if (Array.isArray(value)) other[field] = value.filter(others);
        }
      }
    }
    collection.remove(String(item[collection.table.key]));
  }

  /** All collections that stand alone, and of the nested ones those that were asked for. */
  #loaded(): Collection[] {
    return [...this.#tables.values()].flatMap(({ table, collections }) => {
      if (!shape(table.path).includes('{}')) this.collection(table.path, []);
      return [...collections.values()];
    });
  }

  /** The resource that a URL names, whatever its host and with or without a slash at its end. */
  resolve(url: string): Stored | undefined {
    const path = URL.canParse(url) ? new URL(url).pathname : '';
    for (const { pattern, table } of this.#urls) {
      const match = pattern.exec(path);
      if (match) return this.item(table.path, match.slice(1).map(decodeURIComponent)) ?? undefined;
    }
    return undefined;
  }
}
