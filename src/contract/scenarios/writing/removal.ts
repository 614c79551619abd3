import {
  declaredResponse,
  isObject,
  itemsOf,
  type Operation,
  pathParameters,
  properties,
} from '../../../document/index.js';
import { saysGone } from '../../again/still-there.js';
import { NotApplicable, NotCovered } from '../../errors.js';
import { type Item, itemsOfAnswer, keyField, keyOf } from '../../exchange/items.js';
import type { Contract } from '../../model/contract.js';
import type { Exchange } from '../../model/exchange.js';
import type { Scenario } from '../../model/rule.js';
import type { Session } from '../../model/session.js';
import { listAbove, readerOf } from '../../operation/around.js';
import { type Route, routeOf } from '../../operation/route.js';
import { shownSchema } from '../../operation/success.js';
import { wholePage } from '../../probe/make-probe.js';
import { GONE } from '../../probe/refusal.js';

/** What is listed around a DELETE. */
export interface Removal {
  /** The list of the kind, read after the DELETE; undefined if no operation lists it. */
  listing: Exchange | undefined;
  id: string;
  /** The same list as it was read before the DELETE, if it was. */
  earlier: Exchange | undefined;
  /** Lists of other objects that lead to it, although it can't be read any more. */
  dead: readonly DeadLink[];
}

/** An entry in a list of an object that leads to nothing. */
interface DeadLink {
  exchange: Exchange;
  /** Where the entry is in the body. */
  at: string;
  url: string;
}

/** Number of objects to ask whether they still name what was deleted. */
const MOST_OWNERS = 2;

/** Retrieves what the operation's ordinary request has deleted, and lists the rest. */
export const removal: Scenario<Removal> = {
  name: 'removal',
  priority: 2,
  requests: ({ method }) => (method === 'DELETE' ? 4 + MOST_OWNERS : 0),
  confirmed: true,
  notOnMock: 'the mock keeps no state',
  async play(operation, session) {
    const read = readerOf(session.contract, operation);
    if (!read || operation.method !== 'DELETE')
      throw new NotApplicable('the operation deletes nothing that can be read');
    const gone = GONE.filter((status) => declaredResponse(read, Number(status)));
    const list = listAbove(session.contract, operation.path);
    // Such a DELETE may put a setting back to its default: nobody says that nothing is there afterwards.
    if (gone.length === 0 && !list)
      throw new NotApplicable('the operation that reads it declares no answer for what is gone');
    const exchange = await session.get(await session.probe(operation, { name: 'as required, no more' }));
    if (exchange.response.status >= 300) throw new NotCovered('nothing was deleted');
    const { path } = exchange.probe;
    const isGone = gone.length > 0 && (await readDeleted(read, path, session));
    await deleteAgain(operation, session, path);
    const id = Object.values(path).at(-1) ?? '';
    if (!list) return { listing: undefined, id, earlier: undefined, dead: [] };
    const { [pathParameters(operation.path).at(-1) ?? '']: _, ...above } = path;
    const ask = { ...wholePage(list), name: 'listed after the DELETE', path: above };
    const probe = await session.probe(list, ask);
    const listing = await session.send(probe);
    // What was asked for in this run is not asked for again.
    const known = await session.get(probe);
    const earlier = known.number < exchange.number ? known : undefined;
    const item = isGone && earlier ? itemOf(earlier, id) : undefined;
    return { listing, id, earlier, dead: item ? await deadLinks(item, session) : [] };
  },
};

/** Whether what was deleted can't be read any more. */
async function readDeleted(
  read: Operation,
  path: Exchange['probe']['path'],
  session: Session,
): Promise<boolean> {
  const soon = { name: 'at once after the DELETE', path, expect: ['2XX', ...GONE] };
  const first = await session.send(await session.probe(read, soon));
  // A replica may still have it for a moment.
  await session.settle();
  if (saysGone(first)) return true;
  const later = { name: 'after the DELETE', path, rule: 'deleted-gone', expect: [...GONE] };
  return saysGone(await session.send(await session.probe(read, later)));
}

function itemOf(listing: Exchange, id: string): Item | undefined {
  const items = itemsOfAnswer(listing) ?? [];
  const key = keyField(listing.operation, items);
  return items.find((item) => keyOf(item, key) === id);
}

/** Reads the objects that a deleted one referred to: what they list leads to it no longer. */
async function deadLinks(deleted: Item, session: Session): Promise<DeadLink[]> {
  const { url } = deleted;
  if (typeof url !== 'string') return [];
  const found: DeadLink[] = [];
  for (const { operation, path } of owners(deleted, session).slice(0, MOST_OWNERS)) {
    // It may have been deleted with what it listed, and a token need not reach it.
    const statuses = { expect: ['2XX'], noted: ['403', ...GONE] };
    const ask = { name: 'what the deleted object referred to', path, ...statuses };
    const exchange = await session.send(await session.probe(operation, ask));
    const owner = exchange.response.status === 200 ? exchange.json?.value : undefined;
    for (const [field, value] of isObject(owner) ? Object.entries(owner) : []) {
      const index = Array.isArray(value) ? value.findIndex((one) => one === url || one?.url === url) : -1;
      if (index >= 0) found.push({ exchange, at: `/${field}/${index}`, url });
    }
  }
  return found;
}

/** The objects that an object refers to, and that show lists of others. */
function owners(item: Item, { contract, target }: Session): Route[] {
  const urls = new Set(Object.values(item).filter((value) => typeof value === 'string'));
  return [...urls].flatMap((url) => {
    const route = URL.canParse(url) ? routeOf(contract, 'GET', new URL(url), [target.baseUrl]) : undefined;
    return route?.operation.path.endsWith('}') && showsLists(contract, route.operation) ? [route] : [];
  });
}

function showsLists(contract: Contract, operation: Operation): boolean {
  const shown = shownSchema(contract, operation);
  const fields = shown ? properties(contract.document, shown.value, shown.pointer).values() : [];
  return [...fields].some(({ value, pointer }) => itemsOf(contract.document, value, pointer));
}

/** Deletes again, as a client does that saw no answer: it succeeds once more, or there is nothing. */
async function deleteAgain(
  operation: Operation,
  session: Session,
  path: Exchange['probe']['path'],
): Promise<void> {
  const isDeclared = operation.responses.some(({ status }) => /^(?:404|410|4XX|default)$/.test(status));
  if (!isDeclared) return;
  const ask = {
    name: 'DELETE a second time',
    path,
    expect: ['2XX', '404', '409', '410'],
    rule: 'deleted-gone',
  };
  await session.send(await session.probe(operation, ask));
}
