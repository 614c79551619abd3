import type { Answer, Call, Core } from '../resource/call.js';
import { Page } from './page.js';
import { between, keyOf, queryOf, type Range } from './range.js';
import { cleaner, tailOf } from './seam.js';
import { walk } from './walk.js';

/** What the pages of all parts have in common. */
export interface Collection {
  readonly core: Core;
  /** The collection's call, whose filters the parts narrow. */
  readonly call: Call;
  readonly range: Range;
  readonly readAhead: boolean;
}

/**
 * A page of a part of a collection. It leads on through the whole collection, but back no further than to where its
 * part begins; the page that `next()` gives begins a part of its own.
 */
export class PartPage<T> extends Page<T> {
  /** Whether items follow, be it in the part or behind it; undefined where the link tells. */
  more: boolean | undefined;
  /** The items of the time that is reached with this page. */
  tail: readonly T[];
  readonly #collection: Collection;

  constructor(collection: Collection, answer: Answer) {
    super(collection.core, collection.call, answer);
    this.tail = tailOf([], this.data, collection.range);
    this.#collection = collection;
  }

  override get hasNext(): boolean {
    return this.more ?? super.hasNext;
  }

  /** Not by the link: it ends with the part. */
  override async next(): Promise<Page<T>> {
    const { core, call, range } = this.#collection;
    const clean = cleaner(this.tail, range);
    const rest = between(call, range, keyOf(this.data.at(-1), range), queryOf(call)[range.end]);
    if (this.hasNext)
      for await (const page of walk<T>(core, rest, { readAhead: false, limit: Infinity })) {
        clean(page.data);
        if (page.data.length > 0) return page;
      }
    return super.next();
  }

  override async previous(): Promise<Page<T>> {
    const { data, answer } = await super.previous();
    return new PartPage<T>(this.#collection, { data, response: answer });
  }
}
