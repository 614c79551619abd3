import { PaginationError } from '../errors/pagination-error.js';
import type { Answer, Call, Core } from '../resource/call.js';
import type { ApiResponse } from '../send/request.js';
import { realResponse } from '../send/response.js';
import { cursorOf, pageQuery, parseLinks } from './link.js';

/** Moves between the pages of a part of the collection. The pages' links don't know where the part begins and ends. */
export interface Turns<T> {
  /** Whether items follow; undefined if the link says so itself. */
  readonly more: boolean | undefined;
  /** The next page; undefined if the link leads there, or nowhere. */
  next(): Promise<Page<T> | undefined>;
  /** Makes the page that the link leads back to a page of the part. */
  previous(page: Page<T>): Page<T>;
}

/** One page of a collection. */
export class Page<T> {
  /** The items, in the API's order. */
  readonly data: T[];
  readonly #answer: ApiResponse;
  readonly #core: Core;
  readonly #call: Call;
  readonly #turns: Turns<T> | undefined;
  #response: Response | undefined;

  /** @hidden Only the client creates these. */
  constructor(core: Core, call: Call, answer: Answer, turns?: Turns<T>) {
    if (!Array.isArray(answer.data))
      throw new PaginationError(`${call.operation.id}: the answer is not a JSON array`);
    this.data = answer.data;
    this.#answer = answer.response;
    this.#core = core;
    this.#call = call;
    this.#turns = turns;
  }

  /** The response that the items came with. */
  get response(): Response {
    this.#response ??= realResponse(this.#answer);
    return this.#response;
  }

  /** Whether a next page follows. @throws PaginationError if the `Link` header can't be followed */
  get hasNext(): boolean {
    return this.#turns?.more ?? this.nextQuery !== undefined;
  }

  /**
   * Whether there is a previous page. With `concurrency`, the way back ends where the page's part of the range begins.
   * @throws PaginationError if the `Link` header can't be followed
   */
  get hasPrevious(): boolean {
    return this.#query('previous', 'prev') !== undefined;
  }

  /** Fetches the next page. @throws PaginationError if there is none: check `hasNext` first */
  async next(): Promise<Page<T>> {
    return (await this.#turns?.next()) ?? this.#turn('next', this.nextQuery);
  }

  /** Fetches the previous page. @throws PaginationError if there is none: check `hasPrevious` first */
  async previous(): Promise<Page<T>> {
    const page = await this.#turn('previous', this.#query('previous', 'prev'));
    return this.#turns?.previous(page) ?? page;
  }

  /** @internal The response to make `response` from. A field would show up whenever a page is logged. */
  get answer(): ApiResponse {
    return this.#answer;
  }

  /** @internal Query of the next page; undefined at the end. */
  get nextQuery(): string | undefined {
    return this.#query('next');
  }

  /** @internal Cursor to the next page; undefined at the end, or if the link has none. */
  get nextCursor(): string | undefined {
    return cursorOf(this.nextQuery ?? '');
  }

  #query(...types: string[]): string | undefined {
    const header = this.#answer.headers.get('link');
    if (!header) return undefined;
    const links = parseLinks(header);
    const target = types.map((type) => links.get(type)).find((link) => link !== undefined);
    return pageQuery(target, this.#core.baseUrl + this.#call.operation.path, this.#core.servers);
  }

  async #turn(which: string, query: string | undefined): Promise<Page<T>> {
    const { operation, query: own } = this.#call;
    if (query === undefined) throw new PaginationError(`${operation.id}: there is no ${which} page`);
    if (query === own)
      throw new PaginationError(`${operation.id}: the link to the ${which} page leads to the same page`);
    const call = { ...this.#call, query };
    return new Page(this.#core, call, await this.#core.send(call));
  }
}
