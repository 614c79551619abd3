import type { Answer, Call } from '../resource/call.js';
import type { Page, Turns } from './page.js';
import { between, keyOf, queryOf, type Range } from './range.js';
import { cleaner, tailOf } from './seam.js';
import type { WalkOptions } from './walk.js';

/** What a list hands to its backfill, which has no other way to send anything. */
export interface List<T> {
  /** The collection's call, whose filters the parts narrow. */
  readonly call: Call;
  readonly readAhead: boolean;
  walk(call: Call, options: WalkOptions): AsyncGenerator<Page<T>, void>;
  page(answer: Answer, turns: Turns<T>): Page<T>;
}

/** What the pages of all parts have in common. */
export interface Collection<T> extends List<T> {
  readonly range: Range;
}

/**
 * A page of a part of a collection. It leads on through the whole collection, but back no further than to where its
 * part begins; the page that `next()` gives begins a part of its own.
 */
export class PartPage<T> implements Turns<T> {
  readonly page: Page<T>;
  /** Whether items follow, be it in the part or behind it; undefined where the link tells. */
  more: boolean | undefined;
  /** The items of the time that is reached with this page. */
  tail: readonly T[];
  readonly #collection: Collection<T>;

  constructor(collection: Collection<T>, answer: Answer) {
    this.page = collection.page(answer, this);
    this.tail = tailOf([], this.page.data, collection.range);
    this.#collection = collection;
  }

  /** Not by the link: it ends with the part. */
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
