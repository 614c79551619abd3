import { PaginationError } from '../errors/pagination-error.js';
import type { Answer, Call, Core } from '../resource/call.js';
import type { ApiResponse } from '../send/request.js';
import { realResponse } from '../send/response.js';
import { pageQuery, parseLinks } from './link.js';

/** One page of a collection. */
export class Page<T> {
  /** The items, in the API's order. */
  readonly data: T[];
  /** @internal What the response is made of. */
  readonly answer: ApiResponse;
  readonly #core: Core;
  readonly #call: Call;
  #response: Response | undefined;

  /** @hidden The client alone makes them. */
  constructor(core: Core, call: Call, answer: Answer) {
    if (!Array.isArray(answer.data))
      throw new PaginationError(`${call.operation.id}: the answer is not a JSON array`);
    this.data = answer.data;
    this.answer = answer.response;
    this.#core = core;
    this.#call = call;
  }

  /** The response that the items came with. */
  get response(): Response {
    this.#response ??= realResponse(this.answer);
    return this.#response;
  }

  /** Whether a later page follows. @throws PaginationError if the `Link` header can't be followed */
  get hasNext(): boolean {
    return nextQuery(this.#core, this.#call, this.answer) !== undefined;
  }

  /**
   * Whether there is an earlier page. With `concurrency`, the way back ends at the beginning of the part of the range that
   * the page belongs to.
   * @throws PaginationError if the `Link` header can't be followed
   */
  get hasPrevious(): boolean {
    return previousQuery(this.#core, this.#call, this.answer) !== undefined;
  }

  /** The page after this one. @throws PaginationError if there is none: ask `hasNext` first */
  async next(): Promise<Page<T>> {
    return this.#turn('next', nextQuery(this.#core, this.#call, this.answer));
  }

  /** The page before this one. @throws PaginationError if there is none: ask `hasPrevious` first */
  async previous(): Promise<Page<T>> {
    return this.#turn('previous', previousQuery(this.#core, this.#call, this.answer));
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

/** Query of the page that follows the response's; undefined at the end. */
export function nextQuery(core: Core, call: Call, response: ApiResponse): string | undefined {
  return linkQuery(core, call, response, ['next']);
}

function previousQuery(core: Core, call: Call, response: ApiResponse): string | undefined {
  return linkQuery(core, call, response, ['previous', 'prev']);
}

function linkQuery(core: Core, call: Call, response: ApiResponse, types: string[]): string | undefined {
  const header = response.headers.get('link');
  if (!header) return undefined;
  const links = parseLinks(header);
  const target = types.map((type) => links.get(type)).find((link) => link !== undefined);
  return pageQuery(target, core.baseUrl + call.operation.path, core.servers);
}
