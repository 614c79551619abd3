import { type Operation, PAGE_AFTER, PAGE_BEFORE } from '../../../document/index.js';
import { NotApplicable, NotCovered } from '../../errors.js';
import { compare, keyField } from '../../exchange/items.js';
import { neighbour, target } from '../../exchange/links.js';
import type { Exchange } from '../../model/exchange.js';
import type { Scenario } from '../../model/rule.js';
import type { Session } from '../../model/session.js';
import { choosePageSize } from './page-size.js';
import { follow, following, mostPages, type Page, readPage, readWhole, turn } from './pages.js';

/** Number of pages of one item. */
export const ONES = 3;

export interface Walk {
  operation: Operation;
  /** The collection in the longest possible pages. */
  whole: readonly Page[];
  /** Whether `whole` reached the end. */
  complete: boolean;
  /** Whether items may be added during the walk. */
  changing: boolean;
  /** Items per page of the following walks; undefined if the size can't be chosen. */
  size: number | undefined;
  forward: readonly Page[];
  /** Whether `forward` reached the end. */
  ended: boolean;
  /** From the last page of `forward` backwards, in the order read. */
  backward: readonly Page[];
  /** The first pages of one item each; empty where the size can't be chosen. */
  ones: readonly Page[];
  /** The page before the last of those, by its link. */
  oneBack: Page | undefined;
  /** The answer to a request with both cursors, and the page that it must equal. */
  both: { exchange: Exchange; expected: Page } | undefined;
  /** The first page, requested without a size. */
  plain: Page | undefined;
  /** A page with room for all items and no more; undefined where they don't fit on one page. */
  exact: Page | undefined;
}

/** Reads a collection as a whole, and then in small pages to its end and back. */
export const walk: Scenario<Walk> = {
  name: 'walk',
  priority: 2,
  requests: ({ paging }) => (paging ? 14 : 0),
  notOnMock: 'the mock answers every page with the same example',
  async play(operation, session) {
    const { paging } = operation;
    if (!paging || operation.method !== 'GET') throw new NotApplicable('the operation is not paged');
    const whole = await readWhole(operation, session);
    const items = whole.flatMap((page) => page.items);
    if (items.length === 0) throw new NotCovered('the collection is empty');
    const last = whole.at(-1);
    const complete = last !== undefined && following(last, 'next', operation) === undefined;
    const plain = await readPage(session, operation, [], 'as required, no more');
    const size = paging.sizeParameter
      ? choosePageSize(items, keyField(operation, items), {
          maxSize: paging.maxSize,
          mostPages: mostPages(session),
        })
      : undefined;
    const small =
      size === undefined
        ? { forward: [], ended: false, backward: [], both: undefined }
        : await readSmall(operation, session, size);
    const single = size === undefined ? { ones: [], oneBack: undefined } : await readOnes(operation, session);
    const changing = !session.target.own;
    const fits = complete && whole.length === 1 && items.length > 1 && size !== undefined;
    const exact = fits ? await readFull(operation, session, items.length) : undefined;
    return { operation, whole, complete, changing, size, plain, exact, ...small, ...single };
  },
};

async function readSmall(operation: Operation, session: Session, size: number) {
  const { sizeParameter = '', style } = operation.paging ?? {};
  const first = await readPage(
    session,
    operation,
    [[sizeParameter, String(size)]],
    `${sizeParameter}=${size}`,
  );
  const forward = first ? await follow(first, 'next', operation, session) : [];
  const last = forward.at(-1);
  const backward =
    last && leadsBack(operation) && (style === 'cursor' || target(last.exchange, 'previous') !== undefined)
      ? (await follow(last, 'previous', operation, session)).slice(1)
      : [];
  const ended = last !== undefined && following(last, 'next', operation) === undefined;
  return { forward, ended, backward, both: await bothCursors(operation, session, forward) };
}

/** Steps of one item each, where nothing else on a page hides a wrong edge: some forward, and one back. */
async function readOnes(operation: Operation, session: Session): Promise<Pick<Walk, 'ones' | 'oneBack'>> {
  const { sizeParameter = '' } = operation.paging ?? {};
  const name = `${sizeParameter}=1`;
  const pages: Page[] = [];
  let page = await readPage(session, operation, [[sizeParameter, '1']], name, 'parameters-accepted');
  while (page && pages.length < ONES) {
    pages.push(page);
    page = await turn(page, 'next', operation, session, `${name}, page ${pages.length + 1}`);
  }
  const last = pages.length > 1 && leadsBack(operation) ? pages.at(-1) : undefined;
  const oneBack = last && (await turn(last, 'previous', operation, session, `${name}, back again`));
  return { ones: pages, oneBack };
}

/** A page that is full: a server that guesses by that whether there is more names a next page, though nothing is left. */
function readFull(operation: Operation, session: Session, size: number): Promise<Page | undefined> {
  const { sizeParameter = '' } = operation.paging ?? {};
  const name = `${sizeParameter}=${size}, room for all`;
  return readPage(session, operation, [[sizeParameter, String(size)]], name);
}

/** Whether the document has a way back: a collection by cursors may lead forward alone. */
export function leadsBack({ paging, parameters }: Operation): boolean {
  return paging?.style !== 'cursor' || parameters.some(({ name }) => name === PAGE_BEFORE);
}

/** Requests the page after one cursor and before another at once: the first one applies. */
async function bothCursors(
  operation: Operation,
  session: Session,
  forward: readonly Page[],
): Promise<Walk['both']> {
  const [first, second] = forward;
  const last = forward.at(-1);
  const after = first && neighbour(first.exchange, 'next');
  const before = last && neighbour(last.exchange, 'previous')?.find(([name]) => name === PAGE_BEFORE);
  if (!second || !before || !after?.some(([name]) => name === PAGE_AFTER)) return undefined;
  const name = `${PAGE_AFTER} and ${PAGE_BEFORE} together`;
  const probe = await session.probe(operation, { name, query: [...after, before] });
  return { exchange: await session.get(probe), expected: second };
}

/** Items of a walk that the whole lacks. On a server that others write to, items at either end may be new. */
export function strangers({ operation, whole, changing }: Walk, pages: readonly Page[]): string[] {
  const items = whole.flatMap((page) => page.items);
  const known = new Set(whole.flatMap((page) => page.keys));
  const { key } = operation.collection ?? {};
  return pages.flatMap((page) =>
    page.keys.filter((name, index) => {
      if (known.has(name)) return false;
      if (!changing || key === undefined) return !changing;
      const value = page.items[index]?.[key];
      const [a, b] = [compare(value, items[0]?.[key]), compare(value, items.at(-1)?.[key])];
      return a * b < 0;
    }),
  );
}

/** Whether a walk ended because a link is missing, which another rule checks. */
export function cutShort({ operation, whole, forward }: Walk): boolean {
  const ends = [whole.at(-1), forward.at(-1)];
  return (
    operation.paging?.style === 'cursor' &&
    ends.some((page) => page !== undefined && target(page.exchange, 'next') === undefined)
  );
}
