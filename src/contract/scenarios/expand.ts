import { isObject, type Operation, resolve } from '../../document/index.js';
import { NotApplicable, NotCovered } from '../errors.js';
import { type Item, keyField, keyOf, textOf } from '../exchange/items.js';
import { bodyWithoutUnknownFields } from '../exchange/unknown-fields.js';
import type { Contract } from '../model/contract.js';
import type { Exchange } from '../model/exchange.js';
import type { Scenario } from '../model/rule.js';
import type { Session } from '../model/session.js';
import { formsAt, valueAt } from '../operation/references.js';
import { routeOf } from '../operation/route.js';
import { shownSchema } from '../operation/success.js';
import { shortPage, wholePage } from '../probe/make-probe.js';
import { queryPairs } from '../probe/values.js';
import { comparedBy, filterParameters } from './lists/compared.js';
import { readPage, turn } from './lists/pages.js';

/** An answer with expansions, next to the one without. */
export interface Expanded {
  exchange: Exchange;
  /** The requested paths. */
  paths: readonly string[];
  /** Items (or the one object) without and with the expansions. */
  pairs: readonly Pair[];
  /** Number of items missing from the answer with expansions, on a server that nobody else writes to. */
  lost: number;
}

/** The keys in the answers to the same request with and without expansions. */
export interface Beside {
  exchange: Exchange;
  /** What else was requested, in words. */
  name: string;
  plain: readonly string[];
  expanded: readonly string[];
}

export interface Pair {
  key: string;
  plain: Item;
  expanded: Item;
  /** Pointer to it in the expanded answer. */
  path: string;
}

export interface Expansions {
  operation: Operation;
  contract: Contract;
  answers: readonly Expanded[];
  /** The whole page, a short one, a range and a filter, each with and without expansions. */
  orders: readonly Beside[];
  /** Inlined objects, next to the objects retrieved by their URLs. */
  retrieved: readonly Inlined[];
}

export interface Inlined {
  exchange: Exchange;
  inlined: Item;
  shown: Item;
  path: string;
  /** Whether the document describes both in the same place. */
  alike: boolean;
}

/** Requests each expansion alone and all together, and retrieves one of each kind of inlined object. */
export const expand: Scenario<Expansions> = {
  name: 'expand',
  priority: 2,
  requests: (operation) => {
    const { length = 0 } = operation.expansion?.paths ?? [];
    const each = length > 1 ? length + 1 : length;
    if (length === 0 || operation.method !== 'GET' || !operation.paging) return each;
    // Short pages, and in pairs a range and a filter.
    const { ranges } = operation;
    return each + 3 + 2 * Math.min(1, ranges.length) + 2 * Math.min(1, filterParameters(operation).length);
  },
  notOnMock: 'the mock expands nothing',
  async play(operation, session) {
    const { expansion } = operation;
    if (!expansion) throw new NotApplicable('the operation has no expansions');
    // A change can be repeated for each expansion; creating or deleting can't.
    if (!['GET', 'PUT', 'PATCH'].includes(operation.method))
      throw new NotApplicable('the operation must not be repeated');
    const plainExchange = await session.get(await session.probe(operation, wholePage(operation)));
    const plain = objects(session, plainExchange);
    if (!plain || plain.length === 0) throw new NotCovered('there is nothing to expand');
    const wanted = [
      ...expansion.paths.map((path) => [path]),
      ...(expansion.paths.length > 1 ? [expansion.paths] : []),
    ];
    // Without expansions nothing may be inlined.
    const answers: Expanded[] = [
      {
        exchange: plainExchange,
        paths: [],
        lost: 0,
        pairs: plain.map((one) => ({ ...one, plain: one.item, expanded: one.item })),
      },
    ];
    for (const paths of wanted) {
      const answer = await ask(operation, session, paths, plain);
      if (answer) answers.push(answer);
    }
    const later = await secondPage(operation, session, plain);
    if (later) answers.push(later);
    const retrieved = await retrieve(session, answers);
    const orders = await besideEachOther(operation, session, plain);
    return { operation, contract: session.contract, answers, orders, retrieved };
  },
};

/** Requests all expansions with a page size, a range and a filter, and the same without expansions. */
async function besideEachOther(
  operation: Operation,
  session: Session,
  plain: readonly Located[],
): Promise<Beside[]> {
  const { parameter = '', paths = [] } = operation.expansion ?? {};
  if (operation.method !== 'GET' || !operation.paging) return [];
  const expansions = paths.map((path) => [parameter, path] as const);
  const [range] = operation.ranges;
  const middle = range && plain[Math.floor(plain.length / 2)]?.item[range.field];
  const { query: whole = [] } = wholePage(operation);
  const { query: short = [] } = shortPage(operation);
  const asks: (readonly [string, readonly (readonly [string, string])[]])[] = [
    ['the longest page', whole],
    ['short pages', short],
    ...(range && typeof middle === 'string' ? [['a range', [...whole, [range.gte, middle]]] as const] : []),
    ...filtered(operation, session, plain).map((filter) => ['a filter', [...whole, ...filter]] as const),
  ];
  const found: Beside[] = [];
  for (const [name, query] of asks) {
    const without = await readPage(session, operation, query, name, 'succeeds');
    const expanded = await readPage(
      session,
      operation,
      [...query, ...expansions],
      `${name}, expanded`,
      'succeeds',
    );
    if (without && expanded)
      found.push({ exchange: expanded.exchange, name, plain: without.keys, expanded: expanded.keys });
  }
  return found;
}

/** A filter that selects several items, as it is sent; none, where none does. */
function filtered(operation: Operation, session: Session, plain: readonly Located[]) {
  const items = plain.map(({ item }) => item);
  for (const parameter of filterParameters(operation)) {
    const compared = comparedBy(session.contract, parameter, items, session.ids.given(parameter));
    if (compared && items.filter(compared.matches).length > 1) return [queryPairs(parameter, compared.sent)];
  }
  return [];
}

async function ask(
  operation: Operation,
  session: Session,
  paths: readonly string[],
  plain: readonly Located[],
): Promise<Expanded | undefined> {
  const { name, query = [] } = wholePage(operation);
  const parameter = operation.expansion?.parameter ?? '';
  const pairs = paths.map((path) => [parameter, path] as const);
  const probe = await session.probe(operation, {
    name: `${parameter}=${paths.join(', ')}${query.length > 0 ? `, ${name}` : ''}`,
    query: [...query, ...pairs],
  });
  return beside(session, await session.get(probe), paths, plain);
}

/** The second of short pages: its link has to keep the expansions, and the server has to apply them there too. */
async function secondPage(
  operation: Operation,
  session: Session,
  plain: readonly Located[],
): Promise<Expanded | undefined> {
  const { parameter = '', paths = [] } = operation.expansion ?? {};
  if (!operation.paging) return undefined;
  const { name, query = [] } = shortPage(operation);
  const expansions = paths.map((path) => [parameter, path] as const);
  const first = await readPage(session, operation, [...query, ...expansions], `${name}, expanded`);
  const second = first && (await turn(first, 'next', operation, session, `${name}, expanded, page 2`));
  const answer = second && beside(session, second.exchange, paths, plain);
  // It only shows a few of the items.
  return answer && { ...answer, lost: 0 };
}

function beside(
  session: Session,
  exchange: Exchange,
  paths: readonly string[],
  plain: readonly Located[],
): Expanded | undefined {
  const expanded = objects(session, exchange);
  if (!expanded) return undefined;
  // Items may have been added in between, so only those in both answers are compared.
  const known = new Map(plain.map(({ key, item }) => [key, item]));
  const found = expanded.flatMap(({ key, item, path }): Pair[] => {
    const before = known.get(key);
    return before ? [{ key, plain: before, expanded: item, path }] : [];
  });
  return { exchange, paths, pairs: found, lost: session.target.own ? plain.length - found.length : 0 };
}

interface Located {
  key: string;
  item: Item;
  path: string;
}

/** The objects in an answer, and where each is in the body. */
function objects(session: Session, exchange: Exchange): Located[] | undefined {
  const { response, operation } = exchange;
  if (response.status !== 200) return undefined;
  const value = bodyWithoutUnknownFields(session.contract, exchange);
  if (isObject(value)) return [{ key: '', item: value, path: '' }];
  if (!Array.isArray(value) || !value.every(isObject)) return undefined;
  const field = keyField(operation, value);
  return value.map((item, index) => ({
    key: field === undefined ? String(index) : keyOf(item, field),
    item,
    path: `/${index}`,
  }));
}

/** Retrieves the first object of each path that the document has an operation for. */
async function retrieve(session: Session, answers: readonly Expanded[]): Promise<Expansions['retrieved']> {
  const found: Expansions['retrieved'][number][] = [];
  for (const { exchange, paths, pairs } of answers.filter(({ paths }) => paths.length === 1)) {
    const fields = paths[0]?.split('.') ?? [];
    for (const { expanded, path } of pairs) {
      const inlined = valueAt(expanded, fields);
      const url = isObject(inlined) ? textOf(inlined.url) : '';
      const source = URL.canParse(url)
        ? routeOf(session.contract, 'GET', new URL(url), [session.target.baseUrl])
        : undefined;
      if (!isObject(inlined) || !source || session.target.fixed(source.operation)) continue;
      const name = `what ${paths[0]} refers to`;
      // What is referred to may have been deleted in the meantime.
      const statuses = { expect: ['2XX'], noted: ['404', '410'] };
      const probe = await session.probe(source.operation, { name, path: source.path, ...statuses });
      // After a change, an earlier answer is outdated.
      const answer = await (exchange.request.method === 'GET' ? session.get(probe) : session.send(probe));
      const shown = bodyWithoutUnknownFields(session.contract, answer);
      if (answer.response.status === 200 && isObject(shown)) {
        const forms = formsAt(session.contract, shownSchema(session.contract, exchange.operation), fields);
        const described = shownSchema(session.contract, source.operation);
        const place =
          described && resolve(session.contract.document, described.value, described.pointer).pointer;
        const alike = place !== undefined && forms?.length === 1 && forms.includes(place);
        found.push({ exchange, inlined, shown, path: `${path}/${fields.join('/')}`, alike });
      }
      break;
    }
  }
  return found;
}

/** The item with this key in another answer. */
export function expandedItem(answer: Expanded | undefined, key: string): Item | undefined {
  return answer?.pairs.find((pair) => pair.key === key)?.expanded;
}
