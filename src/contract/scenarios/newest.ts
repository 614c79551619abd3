import { isObject, type Operation } from '../../document/index.js';
import { NotApplicable, NotCovered } from '../errors.js';
import { compare, type Item, keyField, keyOf, lastSegment } from '../exchange/items.js';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';
import type { Scenario } from '../model/rule.js';
import { shownReferences } from '../operation/references.js';
import { idAbove } from '../operation/route.js';
import { isList } from '../operation/success.js';
import { wholePage } from '../probe/make-probe.js';
import { readPage } from './lists/pages.js';

/** A field that names the newest item of a list, next to that list's first item. */
export interface Newest {
  exchange: Exchange;
  field: string;
  /** Key of the item that the field names, and the object that it is below, if that is another one. */
  named: string;
  /** Key of the newest item in the list. */
  first: string;
}

/** Such as `latest_status_log`. */
const NEWEST = /^(?:latest|newest|most_recent)_(\w+)$/;

/** Reads a list, and then the object above it, which names its newest item. */
export const newest: Scenario<readonly Newest[]> = {
  name: 'newest',
  priority: 3,
  requests: ({ expansion }) => (expansion?.paths.some((path) => NEWEST.test(path)) ? 1 : 0),
  notOnMock: 'the mock answers with fixed examples',
  async play(operation, session) {
    const lists = listsNamedBy(operation, session.contract);
    if (lists.length === 0) throw new NotApplicable('it shows no field that names the newest of a list');
    const found: Newest[] = [];
    for (const { field, list } of lists) {
      const { query = [], name } = wholePage(list);
      const page = await readPage(session, list, query, name);
      const items = page?.items ?? [];
      const [first] = items;
      const key = keyField(list, items);
      if (!page || !first || key === undefined || !isNewestFirst(list, items, key)) continue;
      // The object that this list is below, which need not be the first one.
      const { path } = page.exchange.probe;
      const exchange = await session.get(
        await session.probe(operation, { name: 'as required, no more', path }),
      );
      const object = exchange.json?.value;
      if (exchange.response.status !== 200 || !isObject(object)) continue;
      const named = keyOfReference(object[field], key);
      const other = otherParent(object[field], list, path, session.contract);
      const below = other === undefined ? '' : ` below ${other}`;
      if (named !== undefined)
        found.push({ exchange, field, named: `${named}${below}`, first: keyOf(first, key) });
    }
    if (found.length === 0) throw new NotCovered('nothing is named, or the list is empty');
    return found;
  },
};

/** The lists below an operation's object whose newest item a field names. */
function listsNamedBy(operation: Operation, contract: Contract): { field: string; list: Operation }[] {
  const base = /^(?:.*\})/.exec(operation.path)?.[0];
  if (operation.method !== 'GET' || base === undefined || isList(contract, operation)) return [];
  return [...shownReferences(contract, operation).keys()].flatMap((field) => {
    const [, kind] = NEWEST.exec(field) ?? [];
    const list = contract.operations.find(
      ({ method, path }) =>
        method === 'GET' && kind !== undefined && [`${base}/${kind}s`, `${base}/${kind}es`].includes(path),
    );
    return list && isList(contract, list) ? [{ field, list }] : [];
  });
}

/** The object that the URL of an item lies below, where it isn't the one whose items the list shows. */
function otherParent(
  value: unknown,
  list: Operation,
  path: Readonly<Record<string, string>>,
  contract: Contract,
): string | undefined {
  const url = isObject(value) ? value.url : value;
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  for (const parameter of list.parameters.filter((one) => one.in === 'path')) {
    const id = idAbove(url, parameter, list, contract);
    if (id !== undefined && id !== path[parameter.name]) return id;
  }
  return undefined;
}

function keyOfReference(value: unknown, key: string): string | undefined {
  if (isObject(value)) return value[key] === undefined ? undefined : keyOf(value as Item, key);
  return typeof value === 'string' ? keyOf({ [key]: lastSegment(value) }, key) : undefined;
}

/** The first item is only the newest if the list is known to be sorted that way. */
function isNewestFirst({ collection }: Operation, items: readonly Item[], key: string): boolean {
  if (collection) return collection.order === 'descending';
  const last = items.at(-1);
  return items.length > 1 && last !== undefined && compare(items[0]?.[key], last[key]) > 0;
}
