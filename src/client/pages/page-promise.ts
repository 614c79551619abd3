import { PAGE_SIZE } from '../../text/conventions.js';
import { checkArrayOptions } from '../check-options.js';
import type { ArrayOptions, ListOptions } from '../options.js';
import type { Answer, Call, Core } from '../resource/call.js';
import { Page, type Turns } from './page.js';
import { type WalkOptions, walk } from './walk.js';

/**
 * A collection. The client requests nothing until you use it: `await` gives the first page, `for await` all items,
 * `pages()` all pages, `toArray()` an array. Each of them starts at the beginning; to continue from a page that you
 * have, call its `next()`.
 */
export class PagePromise<T> extends Promise<Page<T>> implements AsyncIterable<T> {
  readonly #core: Core;
  readonly #call: () => Call;
  readonly #options: ListOptions;
  #first: Promise<Page<T>> | undefined;

  /** `then` returns a plain `Promise`. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** @hidden Only the client creates these. */
  constructor(core: Core, call: () => Call, options: ListOptions = {}) {
    // This promise itself never settles: `then`, which `await` and all others call, goes to the first page instead.
    super(() => {});
    this.#core = core;
    this.#call = call;
    this.#options = options;
  }

  override get [Symbol.toStringTag](): string {
    return 'PagePromise';
  }

  // biome-ignore lint/suspicious/noThenProperty: a promise has one.
  override then<A = Page<T>, B = never>(
    onfulfilled?: ((value: Page<T>) => A | PromiseLike<A>) | null,
    onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#first ??= this.#request();
    return this.#first.then(onfulfilled, onrejected);
  }

  /** All items of the collection. Leaving the loop early aborts the request under way. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for await (const page of this.#walk(Infinity)) yield* page.data;
  }

  /** All pages of the collection. */
  pages(): AsyncGenerator<Page<T>, void> {
    return this.#walk(Infinity);
  }

  /**
   * The items as an array, at most `limit` of them. It requests no more pages than it needs (with `concurrency`, a few
   * more may be under way). Without a limit it holds the whole collection in memory.
   * @throws ConfigurationError if the limit isn't a number from 0, or there is an option of another name
   */
  async toArray(options: ArrayOptions = {}): Promise<T[]> {
    checkArrayOptions(options);
    const { limit = Infinity } = options;
    const items: T[] = [];
    if (limit === 0) return items;
    for await (const page of this.#walk(limit)) {
      for (const item of page.data) items.push(item);
      if (items.length >= limit) break;
    }
    return items.length > limit ? items.slice(0, limit) : items;
  }

  async #request(): Promise<Page<T>> {
    const call = this.#sized(Infinity);
    return new Page<T>(this.#core, call, await this.#core.send(call));
  }

  async *#walk(limit: number): AsyncGenerator<Page<T>, void> {
    const { concurrency = 1, readAhead = true } = this.#options;
    const core = this.#core;
    if (concurrency === 1) {
      yield* walk<T>(core, this.#sized(limit), { limit, readAhead });
      return;
    }
    // Loaded on demand: it is large, and rarely needed.
    const { backfill } = await import('./backfill.js');
    const call = this.#sized(Infinity);
    const list = {
      call,
      readAhead,
      walk: (part: Call, options: WalkOptions) => walk<T>(core, part, options),
      page: (answer: Answer, turns: Turns<T>) => new Page<T>(core, call, answer, turns),
    };
    yield* backfill<T>(list, concurrency);
  }

  /** The first call, with the largest useful page size, so that the walk takes the fewest requests. */
  #sized(limit: number): Call {
    const call = this.#call();
    const { pageSize } = call.operation;
    if (pageSize === undefined || typeof call.query === 'string') return call;
    return { ...call, query: { [PAGE_SIZE]: Math.min(pageSize, Math.ceil(limit)), ...call.query } };
  }
}
