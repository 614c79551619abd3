import {
  EXPAND,
  type Operation,
  PAGE_AFTER,
  PAGE_BEFORE,
  PAGE_NUMBER,
  PAGE_SIZE,
  type Parameter,
} from '../../document/index.js';
import { NotApplicable, NotCovered } from '../errors.js';
import { type Item, itemsOfAnswer, keyField, keyOf, referredId } from '../exchange/items.js';
import type { Exchange } from '../model/exchange.js';
import type { Scenario } from '../model/rule.js';
import type { Session } from '../model/session.js';
import { isList } from '../operation/success.js';
import { wholePage } from '../probe/make-probe.js';
import { accepts, queryPairs } from '../probe/values.js';
import { following, readWhole } from './pages.js';

const OTHERS: readonly string[] = [PAGE_AFTER, PAGE_BEFORE, PAGE_NUMBER, PAGE_SIZE, EXPAND];

/** A request with one filter. */
export interface Filtered {
  exchange: Exchange;
  parameter: Parameter;
  value: string;
  items: readonly Item[];
  keys: readonly string[];
  /** The field that the filter compares; undefined when nothing in the items shows it. */
  field: string | undefined;
  /** Keys of the whole collection, and of those items that have the value. */
  whole: readonly string[];
  /** The whole collection was read. */
  complete: boolean;
  expected: readonly string[];
}

/** Filters a collection by each of its query parameters that is none of paging, range or expansion. */
export const filters: Scenario<readonly Filtered[]> = {
  name: 'filters',
  priority: 3,
  requests: ({ parameters }) => parameters.filter((one) => one.in === 'query' && !one.required).length,
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
    return played;
  },
};

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
function fieldOf({ name }: Parameter, items: readonly Item[]): string | undefined {
  const candidates = [name, name.replace(/_id$/, '')];
  return candidates.find((candidate) =>
    items.some((item) => item[candidate] !== undefined && item[candidate] !== null),
  );
}

/** The value of an item that a filter compares to. */
export function filteredValue(value: unknown, field: string, { name }: Parameter): string | undefined {
  if (value === undefined || value === null) return undefined;
  return field === name ? String(value) : referredId(value);
}
