/** A resource as the API shows it, with references as URLs. */
export type Resource = Record<string, unknown>;

/** The resources of one collection of the API. */
export interface Table {
  /** Path template of the collection, as in the document: `/evses/{evse_id}/status_logs`. */
  readonly path: string;
  /** The field that items are sorted by and unique in. */
  readonly key: string;
  /** Pointer to the schema of an item as it is read, if the document has one. */
  readonly pointer?: string;
  /** Pointers to the schemas of a key, if the document has any: a value that fits none was never a cursor. */
  readonly keySchemas?: readonly string[];
  /** Path template of an item's own `url`, if it isn't `<path>/{key}`. */
  readonly url?: string;
  /**
   * All items, in any order. For a nested collection, those of the parent; `keys` names the parent too, in the order of
   * the path. Called once per parent.
   */
  readonly items: (parent: Resource | undefined, keys: readonly string[]) => Resource[];
  /**
   * Query parameters that don't simply compare the field of the same name. Returns undefined for a value that names
   * nothing.
   */
  readonly filters?: Readonly<Record<string, (value: string) => ((item: Resource) => boolean) | undefined>>;
  /** Fields whose value depends on the user of the call. */
  readonly personal?: Readonly<Record<string, (value: unknown, userId: string, item: Resource) => unknown>>;
  /**
   * The user whom an item belongs to, by URL: the field that holds it, or a function that finds it. Other users can't
   * see the item.
   */
  readonly owner?: string | ((item: Resource) => unknown);
  /** Whether the list shows an item to the user it is requested for. Everybody can retrieve the item by its address. */
  readonly listedFor?: (item: Resource, userId: string) => boolean;
  /** Those of the items that are shown where a field with the address of the list is expanded. Default: all. */
  readonly expanded?: (items: readonly Resource[]) => readonly Resource[];
  /** Makes a new item from a POST body. Without it, nothing can be added to the collection. */
  readonly create?: (body: Resource, parent: Resource | undefined, keys: readonly string[]) => Resource;
  /** An item in the form that an operation shows it; `pointer` leads to the operation's schema. Default: unchanged. */
  readonly shown?: (item: Resource, pointer: string) => Resource;
}

/** A value to sort by: times are compared as times, however they are spelled. */
export type SortKey = string | number;

/** The items of one collection (of one parent), in the API's order. */
export interface Collection {
  readonly table: Table;
  /** The item that this collection belongs to, if it is nested. */
  readonly parent: Stored | undefined;
  /** The keys in the collection's path. */
  readonly keys: readonly string[];
  /** Whether the highest key comes first. */
  readonly descending: boolean;
  /** In the collection's order. */
  readonly items: Resource[];
  /** What an item is sorted by: its unique key. */
  keyOf(item: Resource): SortKey;
  /** Index of the first of `items` (a part of this collection) that doesn't come before `key`. */
  lowerBound(items: readonly Resource[], key: SortKey): number;
  /** Index of the first of `items` (a part of this collection) that comes after `key`. */
  upperBound(items: readonly Resource[], key: SortKey): number;
  /** The item with the key, as a URL has it. */
  find(key: string): Resource | undefined;
  /** Removes the item with the key, if it is there. */
  remove(key: string): void;
  /** Adds an item where its key belongs. */
  insert(item: Resource): void;
}

/** An item and the collection that holds it. */
export interface Stored {
  item: Resource;
  collection: Collection;
}

/** A collection, and those of its items that the caller may see. */
export interface Visible {
  collection: Collection;
  items: readonly Resource[];
}

/** One page of a collection, and the query changes that lead to the pages next to it. */
export interface PageOf<T> {
  items: readonly T[];
  /** Query parameters to change for the page before; absent on the first page. */
  previous?: Record<string, string>;
  /** Query parameters to change for the next page; absent on the last one. */
  next?: Record<string, string>;
}

/** All resources of a fake, by path and by URL. */
export interface Store {
  /** Whether there is a table for the collection at this path template. */
  has(path: string): boolean;
  /**
   * The collection at a path template, below the items that `keys` names (in the order of the path).
   * Undefined if the data has no such table, null if a parent doesn't exist.
   */
  collection(path: string, keys: readonly string[]): Collection | null | undefined;
  /** The nearest item above a path; undefined if there is none, null if it doesn't exist. */
  parent(path: string, keys: readonly string[]): Stored | null | undefined;
  /** The item of the collection at `path` that the last of `keys` names; null if it doesn't exist. */
  item(path: string, keys: readonly string[]): Stored | null | undefined;
  /** Removes an item and everything below it, and takes its URL out of the lists of other resources. */
  remove(stored: Stored): void;
  /** The resource that a URL names, whatever its host, with or without a slash at the end. */
  resolve(url: string): Stored | undefined;
  /**
   * The resource that a URL named until it was removed, as it last was: records of what happened with it don't change.
   */
  removed(url: string): Stored | undefined;
}
