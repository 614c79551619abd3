import { PaginationError } from '../../client/errors/pagination-error.js';
import type { EvEnergy } from '../../client/ev-energy.js';
import type { Page } from '../../client/pages/page.js';
import { PAGE_AFTER, PAGE_SIZE } from '../../text/conventions.js';
import type { List } from '../collection/collections.js';

/** A fetched page, and the cursor to the next one; the last page has no cursor. */
export interface KeptPage {
  readonly items: readonly unknown[];
  readonly next?: string | undefined;
}

/** @throws if it isn't a page, but something that another program has written in its place */
export function checkedPage(page: KeptPage): KeptPage {
  if (!Array.isArray(page.items) || !['string', 'undefined'].includes(typeof page.next))
    throw new TypeError('it is not a page');
  return page;
}

/** Stores the pages of a window or list until it is done, so that none is fetched twice. */
export interface Pages {
  load(id: string): Promise<KeptPage[]>;
  /**
   * @param index number of pages before it
   * @returns whether it was stored; it isn't if others are there: another machine was faster, or Redis has lost its
   * data
   */
  append(id: string, page: KeptPage, index: number): Promise<boolean>;
  /** Removes pages that are no longer needed. */
  clear(id: string): Promise<void>;
}

/** Requests one page, and waits while the quota has no request left. */
export type FetchPage = (
  list: List,
  parent: readonly string[],
  query: Readonly<Record<string, unknown>>,
) => Promise<KeptPage>;

type ListMethod = (...args: unknown[]) => Promise<Page<unknown>>;

/**
 * Sends one request through the client's own method.
 * @param onAnswer called with the response before its page is given back
 */
export async function requestPage(
  ev: EvEnergy,
  { place, row }: List,
  parent: readonly string[],
  query: Readonly<Record<string, unknown>>,
  signal: AbortSignal | undefined,
  onAnswer?: (response: Response) => void,
): Promise<KeptPage> {
  const holder = place.slice(0, -1).reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], ev);
  const method = (holder as Record<string, ListMethod>)[place.at(-1) ?? ''] as ListMethod;
  const size = row.pageSize === undefined ? {} : { [PAGE_SIZE]: row.pageSize };
  const page = await method.call(holder, ...parent, { ...size, ...query }, { signal });
  onAnswer?.(page.response);
  return { items: page.data, next: page.hasNext ? page.nextCursor : undefined };
}

/**
 * Reads the pages of a list, the stored ones first. It stores each new page before it requests the next.
 * @param most whether to stop after these pages, although others follow
 */
export async function readPages(
  pages: Pages,
  id: string,
  fetchPage: (cursor: Readonly<Record<string, unknown>>) => Promise<KeptPage>,
  most: (kept: readonly KeptPage[]) => boolean = () => false,
): Promise<KeptPage[]> {
  let kept = await pages.load(id);
  for (;;) {
    const last = kept.at(-1);
    if (last && (last.next === undefined || most(kept))) return kept;
    const page = await fetchPage(last ? { [PAGE_AFTER]: last.next } : {});
    if (page.next !== undefined && page.next === last?.next)
      throw new PaginationError(`the link to the next page leads back to '${page.next}'`);
    if (await pages.append(id, page, kept.length)) kept.push(page);
    else kept = await pages.load(id);
  }
}

/** Pages that end with the program. */
export function memoryPages(): Pages {
  const kept = new Map<string, KeptPage[]>();
  return {
    load: async (id) => [...(kept.get(id) ?? [])],
    append: async (id, page) => {
      kept.set(id, [...(kept.get(id) ?? []), page]);
      return true;
    },
    clear: async (id) => void kept.delete(id),
  };
}
