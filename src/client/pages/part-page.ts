import type { Answer, Call } from '../resource/call.js';
import type { Page, Turns } from './page.js';
import { between, keyOf, queryOf, type Range } from './range.js';
import { cleaner, tailOf } from './seam.js';
import type { WalkOptions } from './walk.js';

/** What backfill gets from a list; it can't send requests in any other way. */
export interface List<T> {
  /** The collection's call; each part narrows its filters. */
  readonly call: Call;
  readonly readAhead: boolean;
  walk(call: Call, options: WalkOptions): AsyncGenerator<Page<T>, void>;
  page(answer: Answer, turns: Turns<T>): Page<T>;
}

/** What the pages of all parts share. */
export interface Collection<T> extends List<T> {
  readonly range: Range;
}

/**
 * A page of a part of a collection. Its `next()` continues through the whole collection, and returns a page that begins
 * a new part; its `previous()` stops where this part begins.
 */
export class PartPage<T> implements Turns<T> {
  readonly page: Page<T>;
  /** Whether items follow, in the part or after it; undefined if the link says so itself. */
  more: boolean | undefined;
  /** The items that have the time of the page's last item. */
  tail: readonly T[];
  readonly #collection: Collection<T>;

  constructor(collection: Collection<T>, answer: Answer) {
    this.page = collection.page(answer, this);
    this.tail = tailOf([], this.page.data, collection.range);
    this.#collection = collection;
  }

  /** Doesn't use the link, which ends with the part. */
  async next(): Promise<Page<T> | undefined> {
    const { call, range, walk } = this.#collection;
    const { data, hasNext } = this.page;
    if (!hasNext) return undefined;
    const clean = cleaner(this.tail, range);
    const rest = between(call, range, keyOf(data.at(-1), range), queryOf(call)[range.end]);
    for await (const page of walk(rest, { readAhead: false, limit: Infinity })) {
      clean(page.data);
      if (page.data.length > 0) return page;
    }
    return undefined;
  }

  previous({ data, answer }: Page<T>): Page<T> {
    return new PartPage<T>(this.#collection, { data, response: answer }).page;
  }
}
