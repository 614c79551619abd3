import { parseInstant } from '../../document/values/instant.js';
import type { Collection, Resource, SortKey, Stored, Table } from './resource.js';

/** What to sort a value by: a time in microseconds, however it is spelled, else the value itself. */
export function sortKey(value: unknown): SortKey {
  if (typeof value === 'number') return value;
  const text = String(value);
  return parseInstant(text) ?? text;
}

export class SortedCollection implements Collection {
  readonly table: Table;
  readonly parent: Stored | undefined;
  readonly keys: readonly string[];
  readonly descending: boolean;
  readonly items: Resource[];

  constructor(table: Table, parent: Stored | undefined, keys: readonly string[], descending: boolean) {
    this.table = table;
    this.parent = parent;
    this.keys = keys;
    this.descending = descending;
    this.items = table.items(parent?.item, keys);
    const keyed = this.items.map((item) => ({ item, key: this.keyOf(item) }));
    keyed.sort((a, b) => this.compare(a.key, b.key));
    keyed.forEach(({ item }, index) => {
      this.items[index] = item;
    });
  }

  keyOf(item: Resource): SortKey {
    return sortKey(item[this.table.key]);
  }

  /** Negative if `a` comes before `b` in this collection. */
  compare(a: SortKey, b: SortKey): number {
    const order = a < b ? -1 : a > b ? 1 : 0;
    return this.descending ? -order : order;
  }

  lowerBound(items: readonly Resource[], key: SortKey): number {
    return this.#search(items, (item) => this.compare(this.keyOf(item), key) >= 0);
  }

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
    // An id that is a number is text in an address.
    const isNumber = typeof this.items[0]?.[this.table.key] === 'number';
    const wanted = isNumber ? Number(key) : sortKey(key);
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
