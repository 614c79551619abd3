import { PAGE_AFTER, PAGE_SIZE } from '../../client/conventions.js';
import { PaginationError } from '../../client/errors/pagination-error.js';
import type { EvEnergy } from '../../client/ev-energy.js';
import type { Page } from '../../client/pages/page.js';
import type { List } from '../collection/collections.js';

/** A page that has been fetched, and the cursor to the one behind it; without a cursor it is the last. */
export interface KeptPage {
  readonly items: readonly unknown[];
  readonly next?: string | undefined;
}

/** Where pages are kept until what they belong to is done, so that none is fetched twice. */
export interface Pages {
  load(id: string): Promise<KeptPage[]>;
  /** @param index pages before it; where others are kept already, somebody else works on the same */
  append(id: string, page: KeptPage, index: number): Promise<void>;
  /** They are needed no more. */
  clear(id: string): Promise<void>;
}

/** Asks for one page, and waits as long as the quota has none left. */
export type FetchPage = (
  list: List,
  parent: readonly string[],
  query: Readonly<Record<string, unknown>>,
) => Promise<KeptPage>;

type ListMethod = (...args: unknown[]) => Promise<Page<unknown>>;

/** Sends one request by the client's own method. */
export async function requestPage(
  ev: EvEnergy,
  { place, row }: List,
  parent: readonly string[],
  query: Readonly<Record<string, unknown>>,
  signal: AbortSignal | undefined,
): Promise<KeptPage> {
  const holder = place.slice(0, -1).reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], ev);
  const method = (holder as Record<string, ListMethod>)[place.at(-1) ?? ''] as ListMethod;
  const size = row.pageSize === undefined ? {} : { [PAGE_SIZE]: row.pageSize };
  const page = await method.call(holder, ...parent, { ...size, ...query }, { signal });
  return { items: page.data, next: page.hasNext ? page.nextCursor : undefined };
}

/**
 * The pages of a list, those that are kept first; each new one is kept before the next is asked for.
 * @param most pages after which it stops, if others follow
 */
export async function readPages(
  pages: Pages,
  id: string,
  fetchPage: (cursor: Readonly<Record<string, unknown>>) => Promise<KeptPage>,
  most: (kept: readonly KeptPage[]) => boolean = () => false,
): Promise<KeptPage[]> {
  const kept = await pages.load(id);
  for (;;) {
    const last = kept.at(-1);
    if (last && (last.next === undefined || most(kept))) return kept;
    const page = await fetchPage(last ? { [PAGE_AFTER]: last.next } : {});
    if (page.next !== undefined && page.next === last?.next)
      throw new PaginationError(`the link to the next page leads back to '${page.next}'`);
    await pages.append(id, page, kept.length);
    kept.push(page);
  }
}
