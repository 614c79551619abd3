import type { Operation, Range } from '../../../document/index.js';
import { formatInstant, parseInstant } from '../../../document/values/instant.js';
import { NotApplicable, NotCovered } from '../../errors.js';
import { compare, type Item, itemsOfAnswer, keyField, keyOf, orderValue } from '../../exchange/items.js';
import type { Exchange } from '../../model/exchange.js';
import type { Probe } from '../../model/probe.js';
import type { Scenario } from '../../model/rule.js';
import type { Session } from '../../model/session.js';
import { shortPage, wholePage } from '../../probe/make-probe.js';
import { readPage, readWhole, room, turn } from './pages.js';

/** A request with bounds, and the items that it should select. */
export interface Selection {
  exchange: Exchange;
  field: string;
  from: string | undefined;
  to: string | undefined;
  items: readonly Item[];
  /** Keys of the answer, and of the items that should come according to the whole collection. */
  keys: readonly string[];
  expected: readonly string[];
  /** Expected items that lie exactly on a bound. */
  edges: readonly string[];
}

export interface Ranges {
  selections: readonly Selection[];
  /** Ranges that end before they begin, where they weren't refused. */
  crossed: readonly Pick<Selection, 'exchange' | 'field' | 'from' | 'to' | 'items'>[];
  /** The same time written in another zone, next to the selection that it must equal. */
  zoned: Again | undefined;
  /** The same parameters in the other order, next to the selection that it must equal. */
  reversed: Again | undefined;
}

/** A selection asked for in another way. */
interface Again {
  exchange: Exchange;
  keys: readonly string[];
  expected: Selection;
}

/** Bounds a collection by values of its own items: from below, from above, both, and past its end. */
export const ranges: Scenario<Ranges> = {
  name: 'ranges',
  priority: 2,
  requests: ({ ranges: own }) => 7 * own.length + 2 * Math.min(own.length, 1),
  notOnMock: 'the mock filters nothing',
  async play(operation, session) {
    if (operation.ranges.length === 0) throw new NotApplicable('the operation has no range');
    const pages = await readWhole(operation, session);
    const items = pages.flatMap((page) => page.items);
    if (items.length < 3) throw new NotCovered('the collection has too few items to bound');
    const selections: Selection[] = [];
    for (const range of operation.ranges) {
      for (const chosen of bounds(items, range, operation.paging?.maxSize ?? items.length)) {
        selections.push(...(await select(operation, session, range, items, chosen)));
      }
    }
    if (selections.length === 0) throw new NotCovered('no item shows a field that has a range');
    const [first] = selections;
    const both = selections.find(({ from, to }) => from !== undefined && to !== undefined);
    return {
      selections,
      crossed: await inverted(operation, session, both),
      zoned: first && (await inAnotherZone(operation, session, first)),
      reversed: both && (await inAnotherOrder(operation, session, both)),
    };
  },
};

/**
 * Number of values that fit on two short pages, but not to the end: a second page that loses the bounds then shows
 * others.
 */
const TWO_PAGES = 9;

/** Bounds of a request, and whether it asks for short pages rather than the longest. */
interface Bounds {
  from?: string | undefined;
  to?: string | undefined;
  short?: boolean;
}

/**
 * A lower bound that selects the highest values, and an upper bound that selects the lowest: both select no more than
 * one long page holds, so that the item on the bound is on it. The bound separates two items with nearly the same
 * value. Then an upper bound just before an item, which a server that rounds bounds up shows as well. Then both bounds in
 * a short page, whose links must keep them: the lower one comes just after an item, which a server that truncates bounds
 * shows as well. And one bound past all items.
 */
function bounds(items: readonly Item[], { field }: Range, most: number): Bounds[] {
  const values = items.map((item) => item[field]).filter((value) => value !== undefined && value !== null);
  const sorted = [...new Set(values.map(String))].sort(compare);
  if (sorted.length < 3) return [];
  const high = sorted.slice(-most);
  const low = sorted.slice(0, most);
  const third = Math.floor(sorted.length / 3);
  const past = beyond(sorted.at(-1) ?? '');
  const before = beside(low.at(-1) ?? '', sorted, -1);
  return [
    { from: high[nearest(high)] },
    { to: low[nearest(low) - 1] },
    ...(before === low.at(-1) ? [] : [{ to: before }]),
    {
      from: beside(sorted[third] ?? '', sorted, 1),
      to: sorted[Math.min(third + TWO_PAGES, sorted.length - 2)],
      short: true,
    },
    ...(past === undefined ? [] : [{ from: past }]),
  ];
}

/** Index of the later one of the two closest neighbours. */
function nearest(sorted: readonly string[]): number {
  const distance = (index: number) =>
    Number(orderValue(sorted[index])) - Number(orderValue(sorted[index - 1]));
  const indices = sorted.map((_, index) => index).slice(1);
  return indices.sort((a, b) => distance(a) - distance(b))[0] ?? 1;
}

/** The time just before or after a value, as finely as the collection's own values tell times; what is no time stays. */
function beside(value: string, all: readonly string[], step: -1 | 1): string {
  const moment = parseInstant(value);
  if (moment === undefined) return value;
  // By digits that aren't zero: a server that keeps milliseconds may still write six.
  const fractions = all.map((one) => /\.(\d*[1-9])/.exec(one)?.[1] ?? '');
  const digits = fractions.reduce((most, { length }) => Math.min(6, Math.max(most, length)), 0);
  const unit = 10 ** (6 - digits);
  const next = formatInstant((Math.floor(moment / unit) + step) * unit);
  return `${next.slice(0, digits > 0 ? 20 + digits : 19)}Z`;
}

function beyond(last: string): string | undefined {
  return /^\d{4}-/.test(last) ? last.replace(/^\d{4}/, '2999') : undefined;
}

/** What the bounds select; for short pages the first two, since the link has to keep the bounds. */
async function select(
  operation: Operation,
  session: Session,
  range: Range,
  items: readonly Item[],
  { from, to, short = false }: Bounds,
): Promise<Selection[]> {
  const query: [string, string][] = [];
  if (from !== undefined) query.push([range.gte, from]);
  if (to !== undefined) query.push([range.lte, to]);
  const { query: size = [] } = short ? shortPage(operation) : wholePage(operation);
  const name = query.map((pair) => pair.join('=')).join('&');
  const first = await readPage(session, operation, [...size, ...query], name, 'succeeds');
  const second =
    short && first ? await turn(first, 'next', operation, session, `${name}, page 2`) : undefined;
  const key = keyField(operation, items);
  const selected = items.filter(({ [range.field]: value }) => isWithin(value, from, to));
  const on = selected.filter(({ [range.field]: value }) => same(value, from) || same(value, to));
  const inOrder = selected.map((item) => keyOf(item, key));
  let seen = 0;
  return [first, second].flatMap((page) => {
    if (!page) return [];
    // We don't know what comes after the last page that was read.
    const most = size.length > 0 ? room(page, Number(size[0]?.[1])) : page.items.length;
    const expected = inOrder.slice(seen, seen + most);
    seen = inOrder.indexOf(page.keys.at(-1) ?? '') + 1;
    const edges = on.map((item) => keyOf(item, key)).filter((edge) => expected.includes(edge));
    return [{ ...page, field: range.field, from, to, expected, edges }];
  });
}

async function inAnotherZone(
  operation: Operation,
  session: Session,
  expected: Selection,
): Promise<Again | undefined> {
  const { probe } = expected.exchange;
  const bound = expected.from ?? expected.to;
  const shifted = bound === undefined ? undefined : toZone(bound);
  if (shifted === undefined) return undefined;
  const query = probe.query.map(([name, value]) => [name, value === bound ? shifted : value] as const);
  return again(operation, session, expected, `${shifted}, in another zone`, query);
}

async function inAnotherOrder(
  operation: Operation,
  session: Session,
  expected: Selection,
): Promise<Again | undefined> {
  const { name, query } = expected.exchange.probe;
  return again(operation, session, expected, `${name}, in the other order`, [...query].reverse());
}

/** Exchanges the bounds of a selection: nothing lies between them then. */
async function inverted(
  operation: Operation,
  session: Session,
  both: Selection | undefined,
): Promise<Ranges['crossed']> {
  const { exchange: usual, field, from, to } = both ?? {};
  if (!usual || field === undefined || from === undefined || to === undefined) return [];
  const query = usual.probe.query.map(
    ([name, value]) => [name, value === from ? to : value === to ? from : value] as const,
  );
  const ask = { name: 'the bounds the wrong way round', query, breaks: 'both bounds', rule: 'odd-query' };
  const statuses = { expect: ['2XX', '400', '422'], noted: ['403', '404'] };
  const exchange = await session.get(await session.probe(operation, { ...ask, ...statuses }));
  const items = itemsOfAnswer(exchange);
  return items ? [{ exchange, field, from: to, to: from, items }] : [];
}

async function again(
  operation: Operation,
  session: Session,
  expected: Selection,
  name: string,
  query: Probe['query'],
): Promise<Again | undefined> {
  const exchange = await session.get(await session.probe(operation, { name, query }));
  const answered = itemsOfAnswer(exchange);
  const key = answered && keyField(operation, answered);
  return answered && { exchange, keys: answered.map((item) => keyOf(item, key)), expected };
}

/** The same time in a zone an hour further east. The text is changed, since Date has no microseconds. */
function toZone(moment: string): string | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z$/.exec(moment);
  if (!match) return undefined;
  const later = new Date(Date.parse(`${match[1]}Z`) + 3_600_000).toISOString().slice(0, 19);
  return `${later}${match[2] ?? ''}+01:00`;
}

export function isWithin(value: unknown, from: string | undefined, to: string | undefined): boolean {
  if (value === undefined || value === null) return false;
  return (from === undefined || compare(value, from) >= 0) && (to === undefined || compare(value, to) <= 0);
}

function same(value: unknown, bound: string | undefined): boolean {
  return bound !== undefined && compare(value, bound) === 0;
}
