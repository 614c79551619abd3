import { PaginationError } from '../errors/pagination-error.js';
import type { Answer, Call, Core } from '../send/core.js';
import { pageQuery, parseLinks } from './link.js';

/** One page of a collection. */
export class Page<T> {
  /** The items, in the API's order. */
  readonly data: T[];
  /** The response that they came with; its body has been read. */
  readonly response: Response;
  readonly #core: Core;
  readonly #call: Call;

  /** @hidden The client alone makes them. */
  constructor(core: Core, call: Call, answer: Answer) {
    if (!Array.isArray(answer.data))
      throw new PaginationError(`${call.row.id}: the answer is not a JSON array`);
    this.data = answer.data;
    this.response = answer.response;
    this.#core = core;
    this.#call = call;
  }

  /** Whether a later page follows. @throws PaginationError if the `Link` header can't be followed */
  get hasNext(): boolean {
    return nextQuery(this.#core, this.#call, this.response) !== undefined;
  }

  /**
   * Whether there is an earlier page. With `concurrency` the way back ends where the part begins that the page is of.
   * @throws PaginationError if the `Link` header can't be followed
   */
  get hasPrevious(): boolean {
    return previousQuery(this.#core, this.#call, this.response) !== undefined;
  }

  /** The page after this one. @throws PaginationError if there is none: ask `hasNext` first */
  async next(): Promise<Page<T>> {
    return this.#turn('next', nextQuery(this.#core, this.#call, this.response));
  }

  /** The page before this one. @throws PaginationError if there is none: ask `hasPrevious` first */
  async previous(): Promise<Page<T>> {
    return this.#turn('previous', previousQuery(this.#core, this.#call, this.response));
  }

  async #turn(which: string, query: string | undefined): Promise<Page<T>> {
    const { row, query: own } = this.#call;
    if (query === undefined) throw new PaginationError(`${row.id}: there is no ${which} page`);
    if (query === own)
      throw new PaginationError(`${row.id}: the link to the ${which} page leads to the same page`);
    const call = { ...this.#call, query };
    return new Page(this.#core, call, await this.#core.send(call));
  }
}

/** Query of the page that follows the response's; undefined at the end. */
export function nextQuery(core: Core, call: Call, response: Response): string | undefined {
  return linkQuery(core, call, response, ['next']);
}

function previousQuery(core: Core, call: Call, response: Response): string | undefined {
  return linkQuery(core, call, response, ['previous', 'prev']);
}

function linkQuery(core: Core, call: Call, response: Response, types: string[]): string | undefined {
  const header = response.headers.get('link');
  if (!header) return undefined;
  const links = parseLinks(header);
  const target = types.map((type) => links.get(type)).find((link) => link !== undefined);
  return pageQuery(target, core.baseUrl + call.path, core.servers);
}
