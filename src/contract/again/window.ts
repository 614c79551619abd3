import type { Operation, Range } from '../../document/index.js';
import { compare, type Item } from '../exchange/items.js';
import type { Ask } from '../model/probe.js';

/** A part of a collection that items don't enter or leave while we look at it. */
export interface Window {
  operation: Operation;
  range: Range;
  from: string;
  to: string;
}

/** With fewer items there is no stable middle part. */
const FEWEST = 20;
/**
 * Positions among the items, counted from the newest: newer items may not be visible everywhere yet, older ones may be
 * about to expire.
 */
const NEWEST = 0.15;
const OLDEST = 0.75;

/** The middle of a collection, if a field can bound it; undefined if not, or if there are too few items. */
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

/** Restricts a request for the window's operation to the window, unless it has bounds of its own. */
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
