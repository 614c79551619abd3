import { isObject } from '../../document/index.js';
import { NotApplicable, NotCovered } from '../errors.js';
import { addressField, type Item, keyOf, sharedMoments, textOf } from '../exchange/items.js';
import { bodyWithoutUnknownFields } from '../exchange/unknown-fields.js';
import type { Exchange } from '../model/exchange.js';
import type { Scenario } from '../model/rule.js';
import { listAbove } from '../operation/around.js';
import { readWhole } from './lists/pages.js';

/** An item of a list, next to the item as retrieved. */
export interface Retrieved {
  /** The path parameter that names the item, and the requested id. */
  id: string;
  field: string;
  listed: Item;
  /** Undefined if the answer wasn't a success with an object. */
  shown: Item | undefined;
  exchange: Exchange;
}

/** Our own server is asked for all items of a small collection, since a single record may be at fault. */
const MOST = { own: 64, remote: 2 };

const ODD = /[&<>"'\\]|[^\x20-\x7e]/;

/** Lists a collection and retrieves some of its items: the first, or the oddest, the last, and some in between. */
export const retrieve: Scenario<readonly Retrieved[]> = {
  name: 'retrieve',
  priority: 2,
  requests: ({ method, path }) => (method === 'GET' && path.endsWith('}') ? MOST.remote : 0),
  notOnMock: 'the mock answers any id with the same example',
  async play(operation, session) {
    const collection = operation.method === 'GET' ? listAbove(session.contract, operation.path) : undefined;
    if (!collection) throw new NotApplicable('no operation lists what this one retrieves');
    const parameter = operation.path.slice(collection.path.length).replace(/[/{}]/g, '');
    const pages = await readWhole(collection, session);
    const items = pages.flatMap((page) =>
      [bodyWithoutUnknownFields(session.contract, page.exchange)].flat().filter(isObject),
    );
    if (items.length === 0) throw new NotCovered('the collection is empty');
    const field = items[0] && addressField(items[0], collection.collection?.key, parameter);
    if (field === undefined) throw new NotCovered('the items of the collection show no id');
    // Which of several logs of one moment its address means, nothing says.
    const shared = sharedMoments(items, field);
    const known = items.filter((item) => !shared.has(keyOf(item, field)));
    if (known.length === 0) throw new NotCovered(`all items of the collection share their ${field}`);
    const retrieved: Retrieved[] = [];
    for (const listed of spread(oddestFirst(known), session.target.own ? MOST.own : MOST.remote)) {
      const id = textOf(listed[field]);
      const name = `${parameter}=${id}, as listed`;
      const probe = await session.probe(operation, {
        name,
        path: { [parameter]: id },
        rule: 'list-retrievable',
      });
      const exchange = await session.get(probe);
      const shown = bodyWithoutUnknownFields(session.contract, exchange);
      const success = exchange.response.status === 200 && isObject(shown);
      retrieved.push({ id, field, listed, shown: success ? shown : undefined, exchange });
    }
    return retrieved;
  },
};

/** The item with the most texts beyond English letters first: a wrong encoding or escaping spoils those. */
function oddestFirst(items: readonly Item[]): Item[] {
  const oddness = (item: Item) =>
    Object.values(item).filter((value) => typeof value === 'string' && ODD.test(value)).length;
  const most = Math.max(...items.map(oddness));
  const oddest = items.find((item) => most > 0 && oddness(item) === most);
  return oddest ? [oddest, ...items.filter((item) => item !== oddest)] : [...items];
}

function spread<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, (items.length - 1) / Math.max(1, most - 1));
  const indices = new Set(
    Array.from({ length: Math.min(most, items.length) }, (_, index) => Math.round(index * step)),
  );
  return [...indices].flatMap((index) => items[index] ?? []);
}
