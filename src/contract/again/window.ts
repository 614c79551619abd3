import type { Operation, Range } from '../../document/index.js';
import { compare, type Item } from '../exchange/items.js';
import type { Ask } from '../model/probe.js';

/** A part of a collection that nothing new comes into and nothing goes out of while it is looked at. */
export interface Window {
  operation: Operation;
  range: Range;
  from: string;
  to: string;
}

/** With fewer items than this there is no middle part that stays as it is. */
const FEWEST = 20;
/** Parts of the items, from the newest: newer ones may not be everywhere yet, older ones may just be expiring. */
const NEWEST = 0.15;
const OLDEST = 0.75;

/** The middle of a collection that can be bounded by a field; undefined where it can't be, or is too small. */
export function windowOf(operation: Operation, items: readonly Item[]): Window | undefined {
  const { ranges, collection } = operation;
  const range = ranges.find(({ field }) => field === collection?.key) ?? ranges[0];
  if (!range) return undefined;
  const values = items.map((item) => item[range.field]).filter((value) => typeof value === 'string');
  const sorted = [...new Set(values)].sort(compare).reverse();
  const [to, from] = [NEWEST, OLDEST].map((part) => sorted[Math.floor(sorted.length * part)]);
  if (sorted.length < FEWEST || from === undefined || to === undefined) return undefined;
  return { operation, range, from, to };
}

/** A request for the window's operation, bounded by it as far as it isn't bounded itself. */
export function inWindow({ operation, range, from, to }: Window, asked: Operation, ask: Ask): Ask {
  if (asked !== operation) return ask;
  const { query = [] } = ask;
  const given = (name: string) => query.find(([own]) => own === name)?.[1];
  const [lower, upper] = [given(range.gte), given(range.lte)];
  const bounds: [string, string][] = [];
  if (lower === undefined && (upper === undefined || compare(upper, from) > 0))
    bounds.push([range.gte, from]);
  if (upper === undefined && (lower === undefined || compare(lower, to) < 0)) bounds.push([range.lte, to]);
  return { ...ask, query: [...query, ...bounds] };
}
