import {
  EXPAND,
  type Operation,
  PAGE_AFTER,
  PAGE_BEFORE,
  PAGE_NUMBER,
  PAGE_SIZE,
  type Parameter,
} from '../../../document/index.js';
import { NotApplicable, NotCovered } from '../../errors.js';
import { type Item, itemsOfAnswer, keyField, keyOf, referredId, textOf } from '../../exchange/items.js';
import type { Exchange } from '../../model/exchange.js';
import type { Scenario } from '../../model/rule.js';
import type { Session } from '../../model/session.js';
import type { Finding } from '../../model/violation.js';
import { isList } from '../../operation/success.js';
import { wholePage } from '../../probe/make-probe.js';
import { accepts, queryPairs } from '../../probe/values.js';
import { count } from '../../text/words.js';
import { following, type Page, readPage, readWhole, turn } from './pages.js';

const OTHERS: readonly string[] = [PAGE_AFTER, PAGE_BEFORE, PAGE_NUMBER, PAGE_SIZE, EXPAND];

/** A request with one filter. */
export interface Filtered {
  exchange: Exchange;
  parameter: Parameter;
  value: string;
  items: readonly Item[];
  keys: readonly string[];
  /** The field that the filter compares; undefined if no item shows it. */
  field: string | undefined;
  /** Keys of the whole collection, and of the items with the value. */
  whole: readonly string[];
  /** Whether the whole collection was read. */
  complete: boolean;
  expected: readonly string[];
}

/** Two filters at once, or one in small pages, next to what should come according to the whole collection. */
export interface Combined {
  exchange: Exchange;
  name: string;
  keys: readonly string[];
  expected: readonly string[];
  field: string;
  complete: boolean;
}

export interface Filters {
  single: readonly Filtered[];
  pairs: readonly Combined[];
  pages: readonly Combined[];
}

/** Number of pairs, enough to show whether filters are combined at all. */
const PAIRS = 3;
/** Items per page of a filtered walk, and its number of pages. */
const SMALL = 2;
const FEW_PAGES = 3;

/** Filters a collection by each query parameter that isn't for paging, ranges or expansion. */
export const filters: Scenario<Filters> = {
  name: 'filters',
  priority: 3,
  requests: ({ parameters }) => parameters.filter((one) => one.in === 'query' && !one.required).length + 2,
  notOnMock: 'the mock filters nothing',
  async play(operation, session) {
    const bounds = new Set(operation.ranges.flatMap(({ gte, lte }) => [gte, lte]));
    const parameters = operation.parameters.filter(
      ({ name, in: place, required }) =>
        place === 'query' && !required && !OTHERS.includes(name) && !bounds.has(name),
    );
    if (parameters.length === 0 || operation.method !== 'GET' || !isList(session.contract, operation)) {
      throw new NotApplicable('the operation has no filter');
    }
    const pages = await readWhole(operation, session);
    const items = pages.flatMap((page) => page.items);
    if (items.length === 0) throw new NotCovered('the collection is empty');
    const last = pages.at(-1);
    const complete = last !== undefined && following(last, 'next', operation) === undefined;
    const played = [];
    for (const parameter of parameters) {
      const filtered = await apply(operation, session, parameter, items);
      if (filtered) played.push({ ...filtered, complete });
    }
    if (played.length === 0) throw new NotCovered('no value is known to filter by');
    const comparing = played.filter((one): one is Comparing => one.field !== undefined);
    const known = { operation, session, items, complete };
    return {
      single: played,
      pairs: await inPairs(known, comparing),
      pages: await inSmallPages(known, comparing, played),
    };
  },
};

type Comparing = Filtered & { field: string };

/** What we know of the whole collection. */
interface Whole {
  operation: Operation;
  session: Session;
  items: readonly Item[];
  complete: boolean;
}

/** Combines filters in pairs, with the values of one item, so that both have to apply. */
async function inPairs(whole: Whole, comparing: readonly Comparing[]): Promise<Combined[]> {
  const { operation, session, items, complete } = whole;
  const { query: size = [] } = wholePage(operation);
  const pairs = comparing.flatMap((one, index) =>
    comparing.slice(index + 1).map((other) => [one, other] as const),
  );
  const found: Combined[] = [];
  for (const [one, other] of pairs.slice(0, PAIRS)) {
    const query = [...size, ...[one, other].flatMap(({ parameter, value }) => queryPairs(parameter, value))];
    const name = `${one.parameter.name}=${one.value}, ${other.parameter.name}=${other.value}`;
    const page = await readPage(session, operation, query, name, 'parameters-accepted');
    const having = items.filter((item) => [one, other].every((filter) => has(item, filter)));
    if (page)
      found.push({
        ...page,
        name,
        expected: keysOf(operation, items, having, size),
        field: one.field,
        complete,
      });
  }
  return found;
}

/**
 * Reads the first pages of a filter that selects more than one page: links have to keep the filter, and cursors to work
 * within it.
 */
async function inSmallPages(
  whole: Whole,
  comparing: readonly Comparing[],
  all: readonly Pick<Filtered, 'parameter' | 'value' | 'keys'>[],
): Promise<Combined[]> {
  const { operation, session, items, complete } = whole;
  const { sizeParameter } = operation.paging ?? {};
  if (sizeParameter === undefined) return [];
  const filter = comparing.find(({ expected }) => expected.length > SMALL);
  if (!filter) return onePage(whole, sizeParameter, all);
  const { parameter, value, field } = filter;
  const query: [string, string][] = [[sizeParameter, String(SMALL)], ...queryPairs(parameter, value)];
  const name = `${parameter.name}=${value} in pages of ${SMALL}`;
  const pages: Page[] = [];
  for (let page = await readPage(session, operation, query, name); page && pages.length < FEW_PAGES; ) {
    pages.push(page);
    page = await turn(page, 'next', operation, session, `${name}, page ${pages.length + 1}`);
  }
  const last = pages.at(-1);
  if (!last) return [];
  // Another rule checks the length of pages; here only the sequence of items matters.
  const expected = keysOf(
    operation,
    items,
    items.filter((item) => has(item, filter)),
    [],
  );
  const toTheEnd = complete && following(last, 'next', operation) === undefined;
  const keys = pages.flatMap((page) => page.keys);
  return [{ exchange: last.exchange, name, keys, expected, field, complete: toTheEnd }];
}

/** A page of one item, where a filter selects no more than two, or compares what no item shows. */
async function onePage(
  { operation, session }: Whole,
  sizeParameter: string,
  all: readonly Pick<Filtered, 'parameter' | 'value' | 'keys'>[],
): Promise<Combined[]> {
  const filter = all.find(({ keys }) => keys.length > 1);
  if (!filter) return [];
  const { parameter, value, keys } = filter;
  const name = `${parameter.name}=${value} in pages of 1`;
  const query: [string, string][] = [[sizeParameter, '1'], ...queryPairs(parameter, value)];
  const page = await readPage(session, operation, query, name, 'parameters-accepted');
  // What the filter shows in a long page, it shows in a short one.
  return page ? [{ ...page, name, expected: keys.slice(0, 1), field: parameter.name, complete: false }] : [];
}

function has(item: Item, { field, parameter, value }: Comparing): boolean {
  return filteredValue(item[field], field, parameter) === value;
}

function keysOf(
  operation: Operation,
  items: readonly Item[],
  having: readonly Item[],
  size: readonly (readonly [string, string])[],
): string[] {
  const key = keyField(operation, items);
  return having.slice(0, Number(size[0]?.[1] ?? items.length)).map((item) => keyOf(item, key));
}

async function apply(
  operation: Operation,
  session: Session,
  parameter: Parameter,
  items: readonly Item[],
): Promise<Omit<Filtered, 'complete'> | undefined> {
  const field = fieldOf(parameter, items);
  const middle = items[Math.floor(items.length / 2)];
  const observed = field === undefined ? undefined : filteredValue(middle?.[field], field, parameter);
  const known = session.ids.of(parameter);
  const value = session.ids.given(parameter) ?? observed ?? known?.value;
  if (value === undefined || !accepts(session.contract, parameter, value)) return undefined;
  const { query: size = [] } = wholePage(operation);
  const name = `${parameter.name}=${value}`;
  const probe = await session.probe(operation, { name, query: [...size, ...queryPairs(parameter, value)] });
  const guessed =
    observed === undefined && known?.guessed ? [...probe.guessed, parameter.name] : probe.guessed;
  const exchange = await session.get({ ...probe, guessed });
  const answered = itemsOfAnswer(exchange);
  if (!answered) return undefined;
  const key = keyField(operation, items);
  const having =
    field === undefined
      ? items
      : items.filter((item) => filteredValue(item[field], field, parameter) === value);
  const most = Number(size[0]?.[1] ?? items.length);
  return {
    exchange,
    parameter,
    value,
    items: answered,
    keys: answered.map((item) => keyOf(item, key)),
    field,
    whole: items.map((item) => keyOf(item, key)),
    expected: field === undefined ? [] : having.slice(0, most).map((item) => keyOf(item, key)),
  };
}

/** `cpid` compares the field of this name, `make_id` the id in the reference `make`. */
function fieldOf(parameter: Parameter, items: readonly Item[]): string | undefined {
  const { name } = parameter;
  const candidates = [name, name.replace(/_id$/, '')];
  return candidates.find((field) =>
    items.some((item) => filteredValue(item[field], field, parameter) !== undefined),
  );
}

/** Compares the items that filters have selected with the expected ones; reports the first difference. */
export function notAsExpected({ exchange, name, keys, expected, field, complete }: Combined): Finding[] {
  // There may be more items after the last page that was read.
  const end = complete ? Math.max(keys.length, expected.length) : Math.min(keys.length, expected.length);
  const index = Array.from({ length: end }, (_, at) => at).find((at) => keys[at] !== expected[at]);
  if (index === undefined) return [];
  return [
    {
      where: 'body',
      expected: `${expected[index] ?? 'no more'} with ${name}, as item ${index + 1}`,
      found: keys[index] ?? `no more than ${count(keys.length, 'item')}`,
      field,
      exchange,
    },
  ];
}

/** The value of an item that a filter is compared with. */
export function filteredValue(value: unknown, field: string, { name }: Parameter): string | undefined {
  // Nobody says how a filter is compared with a list: with one of its members, or with all of them.
  if (value === undefined || value === null || Array.isArray(value)) return undefined;
  return field === name ? textOf(value) : referredId(value);
}
