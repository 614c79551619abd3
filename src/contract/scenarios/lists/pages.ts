import { type Operation, PAGE_NUMBER } from '../../../document/index.js';
import { NotCovered } from '../../errors.js';
import { type Item, itemsOfAnswer, keyField, keyOf } from '../../exchange/items.js';
import { neighbour, type Relation } from '../../exchange/links.js';
import type { Exchange } from '../../model/exchange.js';
import type { Session } from '../../model/session.js';
import { wholePage } from '../../probe/make-probe.js';

/** One page as it came. */
export interface Page {
  exchange: Exchange;
  items: readonly Item[];
  keys: readonly string[];
}

/** Pages that are read in one direction at most: enough to see first, middle and last ones. */
export function mostPages({ target }: Session): number {
  return target.own ? 8 : 4;
}

/** The collection in pages as long as they may be, as far as a walk goes. */
export async function readWhole(operation: Operation, session: Session): Promise<Page[]> {
  const { name, query = [] } = wholePage(operation);
  const first = await readPage(session, operation, query, name);
  if (!first) throw new NotCovered('the collection could not be read');
  return follow(first, 'next', operation, session);
}

/** Page by page in one direction, from a page that was read. */
export async function follow(
  first: Page,
  relation: Relation,
  operation: Operation,
  session: Session,
): Promise<Page[]> {
  const pages = [first];
  for (let last = first; pages.length < mostPages(session); ) {
    const next = await turn(last, relation, operation, session, `page ${pages.length + 1}, ${relation}`);
    if (!next) break;
    pages.push(next);
    last = next;
  }
  return pages;
}

/** The page behind one that was read; undefined at the end. */
export async function turn(
  page: Page,
  relation: Relation,
  operation: Operation,
  session: Session,
  name: string,
): Promise<Page | undefined> {
  const query = following(page, relation, operation);
  return query && readPage(session, operation, query, name);
}

/** The query of the next page: of the link, else the next number while pages are full. */
export function following(
  page: Page,
  relation: Relation,
  { paging }: Operation,
): [string, string][] | undefined {
  if (page.exchange.response.headers.has('link')) return neighbour(page.exchange, relation);
  if (paging?.style !== 'page' || relation !== 'next') return undefined;
  const query = new URL(page.exchange.request.url).searchParams;
  const asked = Number(query.get(paging.sizeParameter ?? '') ?? 1);
  if (page.items.length < asked || page.items.length === 0) return undefined;
  query.set(PAGE_NUMBER, String(Number(query.get(PAGE_NUMBER) ?? 1) + 1));
  return [...query];
}

/** One page; undefined when the answer isn't one, which other rules look at. */
export async function readPage(
  session: Session,
  operation: Operation,
  query: readonly (readonly [string, string])[],
  name: string,
  rule = 'walk-follows',
): Promise<Page | undefined> {
  // A page number behind the last page may be refused.
  const expect = operation.paging?.style === 'page' ? ['2XX', '400', '404'] : ['2XX'];
  const exchange = await session.get(await session.probe(operation, { name, query, expect, rule }));
  const items = itemsOfAnswer(exchange);
  if (!items) return undefined;
  const field = keyField(operation, items);
  return { exchange, items, keys: items.map((item) => keyOf(item, field)) };
}
