import { isObject, type Operation } from '../../document/index.js';
import { formatInstant, parseInstant } from '../../document/values/instant.js';
import { show } from '../../text/words.js';
import type { Exchange } from '../model/exchange.js';

export type Item = Record<string, unknown>;

/** The items of a list answer; undefined if it isn't a success with an array of objects. */
export function itemsOfAnswer({ response, json }: Exchange): Item[] | undefined {
  if (response.status !== 200 || !Array.isArray(json?.value)) return undefined;
  return json.value.every(isObject) ? json.value : undefined;
}

/** The field that identifies items of a collection: the one that the document names, else `id`, else `url`. */
export function keyField(operation: Operation, items: readonly Item[]): string | undefined {
  const candidates = [operation.collection?.key, 'id', 'url'].filter((name) => name !== undefined);
  return candidates.find((name) => items.every((item) => item[name] !== undefined && item[name] !== null));
}

/**
 * The field of an item that its address names: the key that the document gives the collection, else the field with the
 * name of the path parameter, else `id`. An item that is addressed by its `name` may have an `id` too.
 */
export function addressField(item: Item, key: string | undefined, parameter: string): string | undefined {
  const names = [key, parameter, 'id'].filter((name) => name !== undefined);
  return names.find((name) => Object.hasOwn(item, name) && item[name] !== undefined && item[name] !== null);
}

/** A value as text. Objects, whose own `toString` may be anything, as JSON. */
export function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Identifies an item, as text; without a key, by all its content. Different spellings of a time give the same text. */
export function keyOf(item: Item, field: string | undefined): string {
  if (field === undefined) return show(item, 400);
  const text = textOf(item[field]);
  const moment = parseInstant(text);
  return moment === undefined ? text : formatInstant(moment);
}

/** The moments by which a list means several different items: a clock may not tell them apart. */
export function sharedMoments(items: readonly Item[], field: string | undefined): ReadonlySet<string> {
  const contents = new Map<string, string>();
  const shared = new Set<string>();
  for (const item of items) {
    if (field === undefined || parseInstant(textOf(item[field])) === undefined) continue;
    const [key, content] = [keyOf(item, field), JSON.stringify(item)];
    if ((contents.get(key) ?? content) !== content) shared.add(key);
    contents.set(key, content);
  }
  return shared;
}

/** A value to order by: times in microseconds, numbers, else the text itself. */
export function orderValue(value: unknown): string | number {
  if (typeof value === 'number') return value;
  const text = textOf(value);
  return parseInstant(text) ?? text;
}

/** Negative if `a` comes before `b` in ascending order. */
export function compare(a: unknown, b: unknown): number {
  const [x, y] = [orderValue(a), orderValue(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The last segment of a URL's path: the id in a reference. */
export function lastSegment(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : (url.split('?', 1)[0] ?? '');
  const segment =
    path
      .replace(/(?<!\/)\/+$/, '')
      .split('/')
      .at(-1) ?? '';
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The id in a reference field, whether a URL or inlined. */
export function referredId(value: unknown): string | undefined {
  if (typeof value === 'string') return lastSegment(value);
  if (!isObject(value)) return undefined;
  if (typeof value.id === 'string') return value.id;
  return typeof value.url === 'string' ? lastSegment(value.url) : undefined;
}
