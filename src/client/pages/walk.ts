import { PAGE_AFTER, PAGE_NUMBER, PAGE_SIZE } from '../conventions.js';
import { PaginationError } from '../errors/pagination-error.js';
import type { Call, Core } from '../send/core.js';
import { cursorOf } from './link.js';
import { nextQuery, Page } from './page.js';

export interface WalkOptions {
  /** Ask for the next page while one is being read. */
  readonly readAhead: boolean;
  /** Items after which no more pages are asked for; may be raised on the way. */
  readonly limit: number;
  /** Ends the walk in place of the call's own signal, which is the one that the pages keep. */
  readonly signal?: AbortSignal | undefined;
}

/** A page on its way; its response is there before its items are. */
interface Arrival<T> {
  readonly call: Call;
  readonly response: Promise<Response | undefined>;
  readonly page: Promise<Page<T>>;
}

/** All pages from the call's on, each by the `Link` header of the one before. */
export async function* walk<T>(core: Core, first: Call, options: WalkOptions): AsyncGenerator<Page<T>, void> {
  const stop = new AbortController();
  const own = options.signal ?? first.options?.signal;
  const signal = own ? AbortSignal.any([own, stop.signal]) : stop.signal;
  const seen = new Set([firstCursor(first)]);

  const open = (call: Call, response: Response): Arrival<T> | undefined => {
    const query = nextQuery(core, call, response);
    if (query === undefined) return undefined;
    const cursor = cursorOf(query);
    if (cursor === undefined || seen.has(cursor))
      throw new PaginationError(
        `${call.row.id}: the link to the next page leads ${cursor ? `back to '${cursor}'` : 'to no page'}`,
      );
    seen.add(cursor);
    return request(core, { ...first, query }, signal);
  };

  const size = pageSize(first);
  let items = 0;
  let current: Arrival<T> | undefined = request<T>(core, first, own);
  try {
    while (current) {
      const arrival: Arrival<T> = current;
      const early = options.readAhead && items + size < options.limit;
      const ahead = early
        ? arrival.response.then((response) => response && open(arrival.call, response))
        : null;
      // Its error is thrown where the page is needed, after the items of the page before.
      ahead?.catch(() => {});
      const page = await arrival.page;
      // It may have come before the signal.
      own?.throwIfAborted();
      yield page;
      items += page.data.length;
      if (items >= options.limit) return;
      current = ahead ? await ahead : open(arrival.call, page.response);
    }
  } finally {
    stop.abort();
  }
}

function request<T>(core: Core, call: Call, signal: AbortSignal | undefined): Arrival<T> {
  let onHeaders: (response: Response | undefined) => void = () => {};
  const response = new Promise<Response | undefined>((resolve) => {
    onHeaders = resolve;
  });
  // The page turns long after the walk has ended, so the walk's signal is not for its call.
  const options = { ...call.options, signal };
  const page = core.send({ ...call, options, onHeaders }).then((answer) => new Page<T>(core, call, answer));
  page.catch(() => onHeaders(undefined));
  return { call, response, page };
}

function firstCursor({ row, query }: Call): string | undefined {
  const values = typeof query === 'object' ? query : {};
  const cursor = values[PAGE_AFTER] ?? (row.paging === 'page' ? (values[PAGE_NUMBER] ?? 1) : undefined);
  return cursor === undefined ? undefined : String(cursor);
}

function pageSize({ query }: Call): number {
  const size = typeof query === 'object' ? Number(query[PAGE_SIZE]) : 0;
  return size > 0 ? size : 1;
}
