import { type Operation, PAGE_NUMBER } from '../../../document/index.js';
import { NotCovered } from '../../errors.js';
import { type Item, itemsOfAnswer, keyField, keyOf } from '../../exchange/items.js';
import { neighbour, type Relation } from '../../exchange/links.js';
import type { Exchange } from '../../model/exchange.js';
import type { Ask } from '../../model/probe.js';
import type { Session } from '../../model/session.js';
import { wholePage } from '../../probe/make-probe.js';

/** A page as received. */
export interface Page {
  exchange: Exchange;
  items: readonly Item[];
  keys: readonly string[];
}

/** Most pages to read in one direction: enough to see the first, middle and last ones. */
export function mostPages({ target }: Session): number {
  return target.own ? 8 : 4;
}

/** Reads the collection in the longest possible pages, as far as a walk goes. */
export async function readWhole(operation: Operation, session: Session): Promise<Page[]> {
  const { name, query = [] } = wholePage(operation);
  const first = await readPage(session, operation, query, name);
  if (!first) throw new NotCovered('the collection could not be read');
  return follow(first, 'next', operation, session);
}

/** What a collection shows at the moment. */
export interface Listed {
  items: readonly Item[];
  /** The last page. */
  exchange: Exchange;
  /** Nothing follows. */
  complete: boolean;
}

/** Reads the collection as `readWhole` does, though it has been read before; undefined if an answer isn't a page. */
export async function readAnew(
  operation: Operation,
  session: Session,
  ask: Pick<Ask, 'name' | 'path'>,
): Promise<Listed | undefined> {
  const items: Item[] = [];
  let query = [...(wholePage(operation).query ?? [])];
  for (let page = 1; ; page += 1) {
    const exchange = await session.send(await session.probe(operation, { ...ask, query }));
    const answered = itemsOfAnswer(exchange);
    if (!answered) return undefined;
    items.push(...answered);
    const next = following({ exchange, items: answered }, 'next', operation);
    if (!next || page === mostPages(session)) return { items, exchange, complete: !next };
    query = next;
  }
}

/** Reads page by page in one direction, starting from a page that was read. */
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

/** Reads the page after another one; undefined at the end. */
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

/** The query of the next page: from the link, else the next number while pages are full. */
export function following(
  page: Pick<Page, 'exchange' | 'items'>,
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

/**
 * How many of the items that were asked for a page can hold: where a link leads on, no more than those it shows, since
 * a server may have a limit of its own.
 */
export function room({ exchange, items }: Pick<Page, 'exchange' | 'items'>, asked: number): number {
  return neighbour(exchange, 'next') === undefined ? asked : Math.min(asked, items.length);
}

/**
 * The length of all pages but the last one, where it is a round number, as limits are that a server has of its own: the
 * document names the most that may be asked for, and not that so many come.
 */
export function limitOf(pages: readonly Page[]): number | undefined {
  const [first, ...others] = pages.slice(0, -1).map(({ items }) => items.length);
  const isRound = first !== undefined && (first % 10 === 0 || first % 25 === 0);
  return isRound && others.every((length) => length === first) ? first : undefined;
}

/** Reads a page; undefined if the answer isn't one, which other rules check. */
export async function readPage(
  session: Session,
  operation: Operation,
  query: readonly (readonly [string, string])[],
  name: string,
  rule = 'walk-follows',
): Promise<Page | undefined> {
  // A page number past the end may be refused.
  const expect = operation.paging?.style === 'page' ? ['2XX', '400', '404'] : ['2XX'];
  const exchange = await session.get(await session.probe(operation, { name, query, expect, rule }));
  const items = itemsOfAnswer(exchange);
  if (!items) return undefined;
  const field = keyField(operation, items);
  return { exchange, items, keys: items.map((item) => keyOf(item, field)) };
}
