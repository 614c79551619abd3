/** A resource as the API shows it: references to others are URLs. */
export type Resource = Record<string, unknown>;

/** The resources of one collection of the API. */
export interface Table {
  /** Path template of the collection, as in the document: `/evses/{evse_id}/status_logs`. */
  readonly path: string;
  /** The field that items are sorted by and unique in. */
  readonly key: string;
  /** Where the schemas stand that a key fits, if the document has some: what fits none was never a cursor. */
  readonly keySchemas?: readonly string[];
  /** Path template of an item's own `url` where it isn't `<path>/{key}`. */
  readonly url?: string;
  /**
   * All items in any order; for a nested collection those of the parent, which `keys` name too, in the order of the
   * path. Called once for each parent.
   */
  readonly items: (parent: Resource | undefined, keys: readonly string[]) => Resource[];
  /**
   * Query parameters that select items by something else than a field of the same name. Gives undefined for a
   * value that names nothing.
   */
  readonly filters?: Readonly<Record<string, (value: string) => ((item: Resource) => boolean) | undefined>>;
  /** Fields whose value depends on the user in whose context a call is made. */
  readonly personal?: Readonly<Record<string, (value: unknown, userId: string, item: Resource) => unknown>>;
  /**
   * The user to whom an item belongs, by URL: the field that has it, or what finds it. In the context of another user
   * the item isn't visible.
   */
  readonly owner?: string | ((item: Resource) => unknown);
  /** Makes a new item of a POST body. Without it the collection can't be added to. */
  readonly create?: (body: Resource, parent: Resource | undefined, keys: readonly string[]) => Resource;
  /** An item as an operation shows it whose schema of it stands at `pointer`. Default: as it is. */
  readonly shown?: (item: Resource, pointer: string) => Resource;
}

/** A value to sort by: moments are compared as such, whatever their spelling. */
export type SortKey = string | number;

/** The items of one collection (of one parent), in the API's order. */
export interface Collection {
  readonly table: Table;
  /** The item that this collection belongs to, if it is nested. */
  readonly parent: Stored | undefined;
  /** The keys in its path. */
  readonly keys: readonly string[];
  readonly descending: boolean;
  readonly items: Resource[];
  keyOf(item: Resource): SortKey;
  /** Index of the first of `items` (a part of this collection) that doesn't stand before `key`. */
  lowerBound(items: readonly Resource[], key: SortKey): number;
  /** Index of the first of `items` (a part of this collection) that stands after `key`. */
  upperBound(items: readonly Resource[], key: SortKey): number;
  find(key: string): Resource | undefined;
  remove(key: string): void;
  insert(item: Resource): void;
}

/** An item with the collection that it is in. */
export interface Stored {
  item: Resource;
  collection: Collection;
}

/** A collection with the items of it that the caller may see. */
export interface Visible {
  collection: Collection;
  items: readonly Resource[];
}

/** One page of a collection and the query changes that lead to its neighbours. */
export interface PageOf<T> {
  items: readonly T[];
  previous?: Record<string, string>;
  next?: Record<string, string>;
}

/** All resources of a fake, by path and by URL. */
export interface Store {
  /** Whether there is a table for the collection at this path template. */
  has(path: string): boolean;
  /**
   * The collection at a path template, below the items that `keys` name (in the order of the path).
   * Undefined when the data has no such table, null when a parent doesn't exist.
   */
  collection(path: string, keys: readonly string[]): Collection | null | undefined;
  /** The nearest item that a path is below of; undefined when there is none, null when it doesn't exist. */
  parent(path: string, keys: readonly string[]): Stored | null | undefined;
  /** The item of the collection at `path` that the last of `keys` names; null when it doesn't exist. */
  item(path: string, keys: readonly string[]): Stored | null | undefined;
  /** Removes an item, with everything below, and takes its URL out of the lists of other resources. */
  remove(stored: Stored): void;
  /** The resource that a URL names, whatever its host and with or without a slash at its end. */
  resolve(url: string): Stored | undefined;
}
