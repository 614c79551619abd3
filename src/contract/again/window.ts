import type { Operation, Range } from '../../document/index.js';
import { compare, type Item, keyOf } from '../exchange/items.js';
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
/** The fewest items worth comparing, once items that share a key are left out. */
const LEAST = 4;
/**
 * Positions among the items, counted from the newest: newer items may not be visible everywhere yet, older ones may be
 * about to expire.
 */
const NEWEST = 0.15;
const OLDEST = 0.75;

/**
 * The middle of a collection, if a field can bound it; undefined if not, or if there are too few items.
 *
 * @param shared moments that several items have as their key: they stay out of it.
 */
export function windowOf(
  operation: Operation,
  items: readonly Item[],
  shared: ReadonlySet<string>,
): Window | undefined {
  const { ranges, collection } = operation;
  const range = ranges.find(({ field }) => field === collection?.key) ?? ranges[0];
  if (!range) return undefined;
  const values = items.map((item) => item[range.field]).filter((value) => typeof value === 'string');
  const sorted = [...new Set(values)].sort(compare).reverse();
  if (sorted.length < FEWEST || (shared.size > 0 && range.field !== collection?.key)) return undefined;
  const [newest = 0, oldest = 0] = [NEWEST, OLDEST].map((part) => Math.floor(sorted.length * part));
  const middle = sorted.slice(newest, oldest + 1);
  const stretch = shared.size === 0 ? middle : longestWithout(shared, middle);
  const [to, from] = [stretch[0], stretch.at(-1)];
  if (stretch.length < LEAST || from === undefined || to === undefined) return undefined;
  return { operation, range, from, to };
}

function longestWithout(shared: ReadonlySet<string>, moments: readonly string[]): string[] {
  let [longest, current]: [string[], string[]] = [[], []];
  for (const moment of moments) {
    current = shared.has(keyOf({ moment }, 'moment')) ? [] : [...current, moment];
    if (current.length > longest.length) longest = current;
  }
  return longest;
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
