import { type Comparison, comparisonOf, NOT_FILTERS } from '../../document/index.js';
import { invalidParameters } from '../problems.js';
import type { Call } from '../world.js';
import { sortKey } from './collection.js';
import type { Collection, Resource, SortKey } from './resource.js';

/** The items of a collection that the call's query parameters select, in the same order. */
export function filter(items: readonly Resource[], collection: Collection, call: Call): readonly Resource[] {
  const others = new Set([...NOT_FILTERS, call.operation.ordering?.parameter]);
  let selected = items;
  for (const range of call.operation.ranges) {
    others.add(range.gte).add(range.lte);
    const from = bound(call.query[range.gte]);
    const to = bound(call.query[range.lte]);
    if (from !== undefined && to !== undefined && from > to) {
      throw invalidParameters({ [range.lte]: [`must not lie before ${range.gte}`] });
    }
    selected = within(selected, collection, range.field, from, to);
  }
  for (const [name, value] of Object.entries(call.query)) {
    if (others.has(name)) continue;
    const matchers = [value].flat().map((one) => matcher(name, String(one), collection));
    selected = selected.filter((item) => matchers.some((matches) => matches(item)));
  }
  return selected;
}

function within(
  items: readonly Resource[],
  collection: Collection,
  field: string,
  from: SortKey | undefined,
  to: SortKey | undefined,
): readonly Resource[] {
  if (from === undefined && to === undefined) return items;
  if (field === collection.table.key) {
    const [first, last] = collection.descending ? [to, from] : [from, to];
    return items.slice(
      first === undefined ? 0 : collection.lowerBound(items, first),
      last === undefined ? items.length : collection.upperBound(items, last),
    );
  }
  return items.filter((item) => {
    if (item[field] === null || item[field] === undefined) return false;
    return isWithin(sortKey(item[field]), from, to);
  });
}

function isWithin(key: SortKey, from: SortKey | undefined, to: SortKey | undefined): boolean {
  return (from === undefined || key >= from) && (to === undefined || key <= to);
}

/**
 * Filters by the data's own filter, by a field of this name, or by the id in a reference: `make_id` selects by `make`.
 */
function matcher(name: string, value: string, collection: Collection): (item: Resource) => boolean {
  const own = collection.table.filters?.[name];
  if (own) {
    const matches = own(value);
    if (!matches) throw invalidParameters({ [name]: [`'${value}' names nothing that exists`] });
    return matches;
  }
  const has = (field: string) => collection.items.some((item) => Object.hasOwn(item, field));
  const { field, comparison } = comparisonOf(name);
  if (has(field) && comparison !== 'equal') return compare(field, comparison, value);
  if (has(name)) return (item) => String(item[name]) === value;
  const reference = /^(.+)_id$/.exec(name)?.[1];
  if (reference === undefined || !has(reference)) return () => true;
  return (item) => String(item[reference]).replace(/\/$/, '').endsWith(`/${value}`);
}

/** @param comparison to make; an absent value is neither above nor below. */
function compare(field: string, comparison: Comparison, value: string): (item: Resource) => boolean {
  if (comparison === 'among') {
    const values = new Set(value.split(','));
    return (item) => values.has(String(item[field]));
  }
  const isAbsent = (item: Resource) => item[field] === null || item[field] === undefined;
  if (comparison === 'absent') return (item) => String(isAbsent(item)) === value;
  if (comparison === 'between') {
    const [from, to] = value.split(',').map(sortKey);
    return (item) => !isAbsent(item) && isWithin(sortKey(item[field]), from, to);
  }
  return (item) => {
    const own = item[field];
    if (isAbsent(item)) return false;
    const [a, b] = typeof own === 'number' ? [own, Number(value)] : [sortKey(own), sortKey(value)];
    return comparison === 'above' ? a > b : a < b;
  };
}

function bound(value: unknown): SortKey | undefined {
  return value === undefined ? undefined : sortKey(value);
}
