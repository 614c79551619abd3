import { PAGE_AFTER, PAGE_NUMBER } from '../../text/conventions.js';
import { PaginationError } from '../errors/pagination-error.js';
import type { Call, Core } from '../resource/call.js';
import { Page } from './page.js';

export interface WalkOptions {
  /** Request the next page while the caller reads the current one. */
  readonly readAhead: boolean;
  /** Number of items after which no further page is requested; the caller may raise it during the walk. */
  readonly limit: number;
  /** Aborts the walk, instead of the call's own signal; the pages keep that one. */
  readonly signal?: AbortSignal | undefined;
}

/** Pages without an item that may follow each other: a server that goes on so would never end. */
const MOST_EMPTY = 100;

/** Yields all pages from the call's on, following each page's `Link` header. */
export async function* walk<T>(core: Core, first: Call, options: WalkOptions): AsyncGenerator<Page<T>, void> {
  const own = options.signal ?? first.options?.signal;
  // Aborts the request under way when the walk ends.
  const stop = new AbortController();
  const signal = own ? AbortSignal.any([own, stop.signal]) : stop.signal;
  const seen = new Set([firstCursor(first)]);

  const following = async (page: Page<T>): Promise<Page<T> | undefined> => {
    const query = page.nextQuery;
    if (query === undefined) return undefined;
    const cursor = page.nextCursor;
    if (cursor === undefined || seen.has(cursor))
      throw new PaginationError(
        `${first.operation.id}: the link to the next page leads ${cursor ? 'back to a page that was read already' : 'to no page'}`,
      );
    seen.add(cursor);
    return request(core, { ...first, query }, signal);
  };

  let items = 0;
  let empty = 0;
  let page: Page<T> | undefined = await request<T>(core, first, own);
  try {
    while (page) {
      own?.throwIfAborted();
      items += page.data.length;
      empty = page.data.length > 0 ? 0 : empty + 1;
      if (empty > MOST_EMPTY)
        throw new PaginationError(
          `${first.operation.id}: ${MOST_EMPTY} pages without an item in a row, each with a link to a next one`,
        );
      const ahead: Promise<Page<T> | undefined> | undefined =
        options.readAhead && items < options.limit ? following(page) : undefined;
      // Its error is thrown when that page is needed, after the items of this one.
      ahead?.catch(() => {});
      yield page;
      if (items >= options.limit) return;
      page = await (ahead ?? following(page));
    }
  } finally {
    stop.abort();
  }
}

async function request<T>(core: Core, call: Call, signal: AbortSignal | undefined): Promise<Page<T>> {
  // The page keeps the call without the walk's signal: `next()` may be called long after the walk has ended.
  return new Page<T>(core, call, await core.send({ ...call, options: { ...call.options, signal } }));
}

function firstCursor({ operation, query }: Call): string | undefined {
  const values = typeof query === 'object' ? query : {};
  const cursor = values[PAGE_AFTER] ?? (operation.list === 'page' ? (values[PAGE_NUMBER] ?? 1) : undefined);
  return cursor === undefined ? undefined : String(cursor);
}
