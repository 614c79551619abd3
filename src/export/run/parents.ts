import type { List, TimedCollection } from '../collection/collections.js';
import { type FetchPage, type Pages, readPages } from './pages.js';

/** Lists all parents of the collection as values of its path: `[[]]` if its path has none. */
export async function listParents(
  { parents }: TimedCollection,
  pages: Pages,
  fetchPage: FetchPage,
): Promise<Parents> {
  const kept: string[] = [];
  let found: string[][] = [[]];
  for (const list of parents) {
    const below: string[][] = [];
    for (const above of found) {
      kept.push(keptAt(list, above));
      for (const id of await idsOf(list, above, pages, fetchPage)) below.push([...above, id]);
    }
    found = below;
  }
  return { parents: found, kept };
}

/** Parents, and the ids under which the pages they came from are stored. */
export interface Parents {
  readonly parents: readonly (readonly string[])[];
  readonly kept: readonly string[];
}

function keptAt(list: List, above: readonly string[]): string {
  return ['parents', ...list.place, ...above].join('-');
}

async function idsOf(
  list: List,
  above: readonly string[],
  pages: Pages,
  fetchPage: FetchPage,
): Promise<string[]> {
  const kept = await readPages(pages, keptAt(list, above), async (cursor) => {
    const { items, next } = await fetchPage(list, above, cursor);
    // Only keep their ids: there may be many items.
    return { items: items.map((item) => idOf(list, item)), next };
  });
  return [...new Set(kept.flatMap(({ items }) => items as string[]))];
}

function idOf({ row, place }: List, item: unknown): string {
  const id = (item as Record<string, unknown> | null)?.[row.key ?? 'id'];
  if (typeof id === 'string' || typeof id === 'number') return String(id);
  throw new Error(
    `${place.join('.')}: an item has no ${row.key ?? 'id'}, so what is below it can't be asked for`,
  );
}
