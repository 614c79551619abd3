import type { Call } from '../world.js';
import { sortKey } from './collection.js';
import type { Resource } from './resource.js';

/** The field that a list is sorted by, and whether downwards; undefined for the order of the collection's key. */
export function sortingOf({ operation, query }: Call): { field: string; isDescending: boolean } | undefined {
  const { parameter = '', fields = [] } = operation.ordering ?? {};
  const [asked] = [query[parameter]].flat();
  const order = fields.find(({ ascending, descending }) => asked === ascending || asked === descending);
  return order ? { field: order.field, isDescending: asked === order.descending } : operation.sortedBy;
}

/** The items in the order that the call asks for, or that the document says. */
export function sort(items: readonly Resource[], call: Call): readonly Resource[] {
  const sorting = sortingOf(call);
  if (!sorting) return items;
  const { field, isDescending } = sorting;
  return [...items].sort((a, b) =>
    isDescending ? compare(b[field], a[field]) : compare(a[field], b[field]),
  );
}

/** Items without a value come last. */
function compare(a: unknown, b: unknown): number {
  const isAbsent = (value: unknown) => value === undefined || value === null;
  if (isAbsent(a) || isAbsent(b)) return Number(isAbsent(a)) - Number(isAbsent(b));
  const [x, y] = [sortKey(a), sortKey(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
