import { comparisonOf, type Operation, type Parameter } from '../../../document/index.js';
import { count } from '../../../text/words.js';
import { NotApplicable, NotCovered } from '../../errors.js';
import { compare, type Item, itemsOfAnswer, keyField, keyOf, textOf } from '../../exchange/items.js';
import type { Exchange } from '../../model/exchange.js';
import type { Scenario } from '../../model/rule.js';
import type { Session } from '../../model/session.js';
import type { Finding } from '../../model/violation.js';
import { isList } from '../../operation/success.js';
import { wholePage } from '../../probe/make-probe.js';
import { unknownLike } from '../../probe/unknown-like.js';
import { acceptsText, queryPairs } from '../../probe/values.js';
import { type Compared, comparedBy, filteredValue, filterParameters, otherValue } from './compared.js';
import { following, type Page, readPage, readWhole, room, turn } from './pages.js';

/** A request with one filter. */
export interface Filtered {
  exchange: Exchange;
  parameter: Parameter;
  /** The value, as text and as it is sent. */
  value: string;
  sent: unknown;
  items: readonly Item[];
  keys: readonly string[];
  /** How the filter compares a field of the items; undefined if no item shows it. */
  compared: Compared | undefined;
  /** Keys of the whole collection, and of the items with the value. */
  whole: readonly string[];
  /** Whether the whole collection was read. */
  complete: boolean;
  /** Whether there may be more than this page. */
  isFull: boolean;
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
  /** Nothing follows these items: whatever is expected has to be among them. */
  ended?: boolean;
  /** The first item that the filters don't select, by what it shows itself. */
  stray?: string | undefined;
}

export interface Filters {
  single: readonly Filtered[];
  pairs: readonly Combined[];
  pages: readonly Combined[];
  /** Filters by values that no item has. */
  unknown: readonly Filtered[];
  /** Filters by yes or no, asked for both. */
  opposites: readonly Opposites[];
}

/** The answers to both values of a filter by yes or no. */
export interface Opposites {
  exchange: Exchange;
  parameter: Parameter;
  yes: readonly string[];
  no: readonly string[];
  /** Keys of the whole collection, as far as it was read. */
  whole: readonly string[];
  /** Whether the whole collection was read. */
  complete: boolean;
}

/** Most pairs. On a server that others use too they show whether filters are combined at all. */
const PAIRS = { own: 64, remote: 8 };
/** Number of parameters whose selection isn't known to try beside a filter. */
const BESIDE = 3;
/** A filter by what each item either is or isn't. */
const YES_OR_NO = /^(?:is|has)_/;
/** Items per page of a filtered walk, where the filter selects more, and its number of pages. */
const SMALL = 2;
const FEW_PAGES = 3;

/** Filters a collection by each query parameter that isn't for paging, ranges or expansion. */
export const filters: Scenario<Filters> = {
  name: 'filters',
  priority: 3,
  requests: (operation) => {
    const { length } = filterParameters(operation);
    return operation.method === 'GET' && length > 0 ? 3 * length + 2 : 0;
  },
  notOnMock: 'the mock filters nothing',
  async play(operation, session) {
    const parameters = filterParameters(operation);
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
    const comparing = played.filter((one): one is Comparing => one.compared !== undefined);
    const known = { operation, session, items, complete };
    const pairs = await inPairs(known, [...bounded(known), ...played.flatMap(selecting)]);
    return {
      single: [...played, ...(await byOtherValues(known, comparing))],
      pairs: [...pairs, ...(await besideOthers(known, comparing, played))],
      pages: await inSmallPages(known, comparing, played),
      unknown: await byUnknownValues(known, comparing),
      opposites: await bothWays(known, played),
    };
  },
};

type Comparing = Filtered & { compared: Compared };

/** A filter whose selection is known: from what it compares, or from what it has shown. */
interface Selecting {
  parameter: Parameter;
  value: unknown;
  text: string;
  field: string;
  selects(item: Item, key: string): boolean;
}

function selecting(filtered: Filtered): Selecting[] {
  const { parameter, compared, value: text, sent: value, keys, whole, complete, isFull } = filtered;
  if (compared) return [{ parameter, value, text, field: compared.field, selects: compared.matches }];
  // What takes nothing away, or shows other items, may be no filter: it may sort them, or ask for more of each.
  const isPart = complete && !isFull && keys.length > 0 && keys.length < whole.length;
  if (!isPart || whole.filter((key) => keys.includes(key)).join() !== keys.join()) return [];
  return [{ parameter, value, text, field: parameter.name, selects: (_, key) => keys.includes(key) }];
}

/** A range from below, by the value of the item that the filters take theirs from. */
function bounded({ operation, session, items }: Whole): Selecting[] {
  const [range] = operation.ranges;
  const parameter = operation.parameters.find(({ name }) => name === range?.gte);
  const value = items[Math.floor(items.length / 2)]?.[range?.field ?? ''];
  if (!range || !parameter || value === undefined || value === null) return [];
  const { field } = range;
  const text = textOf(value);
  const isAbove = (own: unknown) => own !== undefined && own !== null && compare(own, value) >= 0;
  const bound = { parameter, value: text, text, field, selects: (item: Item) => isAbove(item[field]) };
  return acceptsText(session.contract, parameter, text) ? [bound] : [];
}

/** What we know of the whole collection. */
interface Whole {
  operation: Operation;
  session: Session;
  items: readonly Item[];
  complete: boolean;
}

/**
 * Combines filters in pairs, a range among them, each with the next one first, so that both have to apply. Each is in a
 * pair, however many there are.
 */
async function inPairs(whole: Whole, filters: readonly Selecting[]): Promise<Combined[]> {
  const { operation, session, items, complete } = whole;
  const { query: size = [] } = wholePage(operation);
  const key = keyField(operation, items);
  const pairs = filters.flatMap((one, index) =>
    filters
      .slice(index + 1)
      .filter((other) => mayStandTogether(one.parameter, other.parameter))
      .map((other, distance) => ({ one, other, distance })),
  );
  const found: Combined[] = [];
  const most = Math.max(filters.length - 1, session.target.own ? PAIRS.own : PAIRS.remote);
  for (const { one, other } of pairs.sort((a, b) => a.distance - b.distance).slice(0, most)) {
    const both = [one, other];
    const query = [...size, ...both.flatMap(({ parameter, value }) => queryPairs(parameter, value))];
    const name = both.map(({ parameter, text }) => `${parameter.name}=${text}`).join(', ');
    const page = await readPage(session, operation, query, name, 'parameters-accepted');
    const having = items.filter((item) => both.every((filter) => filter.selects(item, keyOf(item, key))));
    if (!page) continue;
    const held = room(page, Number(size[0]?.[1] ?? items.length));
    const expected = having.slice(0, held).map((item) => keyOf(item, key));
    const stray = page.items.find((item) => !both.every((filter) => filter.selects(item, keyOf(item, key))));
    found.push({ ...page, name, expected, field: one.field, complete, stray: stray && keyOf(stray, key) });
  }
  return found;
}

/** Whether the document lets both be sent (`x-excludes`). */
function mayStandTogether(one: Parameter, other: Parameter): boolean {
  return !one.excludes?.includes(other.name) && !other.excludes?.includes(one.name);
}

/** Filters by another value than before, which fewer items have. */
async function byOtherValues(whole: Whole, comparing: readonly Comparing[]): Promise<Filtered[]> {
  const { operation, session, items, complete } = whole;
  const found: Filtered[] = [];
  for (const { compared, parameter } of comparing) {
    const value = session.ids.given(parameter) ? undefined : otherValue(parameter, items, compared);
    const filtered =
      value === undefined ? undefined : await apply(operation, session, parameter, items, { value });
    if (filtered) found.push({ ...filtered, complete });
  }
  return found;
}

/** Sends a filter whose selection is known beside one whose selection isn't, or an order: it has to hold there too. */
async function besideOthers(
  { operation, session, items }: Whole,
  comparing: readonly Comparing[],
  all: readonly Filtered[],
): Promise<Combined[]> {
  const { query: size = [] } = wholePage(operation);
  const known = comparing.find(({ compared }) => !items.every(compared.matches));
  if (!known) return [];
  const order = operation.parameters.find(({ name }) => name === operation.ordering?.parameter);
  const ordering = order && session.ids.of(order);
  const opaque = all.filter((filtered) => selecting(filtered).length === 0);
  const others = [
    ...(order && ordering ? [{ parameter: order, value: ordering.value, sent: ordering.value }] : []),
    ...opaque,
  ].filter(({ parameter }) => mayStandTogether(known.parameter, parameter));
  const found: Combined[] = [];
  for (const { parameter, value, sent } of others.slice(0, BESIDE)) {
    const query = [...size, ...queryPairs(known.parameter, known.sent), ...queryPairs(parameter, sent)];
    const name = `${known.parameter.name}=${known.value}, ${parameter.name}=${value}`;
    const page = await readPage(session, operation, query, name, 'parameters-accepted');
    const stray = page?.items.find((item) => !known.compared.matches(item));
    const key = page && keyField(operation, page.items);
    const { field } = known.compared;
    if (page)
      found.push({
        ...page,
        name,
        expected: page.keys,
        field,
        complete: false,
        stray: stray && keyOf(stray, key),
      });
  }
  return found;
}

/** Filters by values of the same form that no item has: whatever comes belongs to something else. */
async function byUnknownValues(whole: Whole, comparing: readonly Comparing[]): Promise<Filtered[]> {
  const { operation, session, items } = whole;
  const found: Filtered[] = [];
  for (const { compared, parameter } of comparing) {
    if (comparisonOf(parameter.name).comparison !== 'equal') continue;
    for (const value of valuesOfNone(parameter, compared, whole)) {
      const filtered = await apply(operation, session, parameter, items, {
        value,
        // A server may find nothing by an unknown value, or refuse it.
        expect: ['2XX', '400', '403', '404', '422'],
      });
      if (filtered) found.push({ ...filtered, complete: whole.complete });
    }
  }
  return found;
}

/**
 * A value that no item has. Where the document says that values are compared exactly, also the beginning of one, and one
 * in the other case.
 */
function valuesOfNone(parameter: Parameter, { sent, field }: Compared, { session, items }: Whole): string[] {
  const known = String(sent);
  const { description = '' } = parameter;
  const isExact = /\bexact/i.test(description) && !/insensitive/i.test(description);
  const inOtherCase = known === known.toLowerCase() ? known.toUpperCase() : known.toLowerCase();
  const isOfNone = (text: string) =>
    text !== '' &&
    acceptsText(session.contract, parameter, text) &&
    !items.some((item) => filteredValue(item[field], field, parameter) === text);
  const unknown = unknownLike(known).find(isOfNone);
  return [
    ...(unknown === undefined ? [] : [unknown]),
    ...(isExact ? [known.slice(0, -1), inOtherCase].filter(isOfNone) : []),
  ];
}

/** Asks a filter by yes or no, which compares nothing that items show, for its other value as well. */
async function bothWays(whole: Whole, played: readonly Filtered[]): Promise<Opposites[]> {
  const { operation, session, items } = whole;
  const found: Opposites[] = [];
  for (const { parameter, compared, value, keys, whole: all } of played) {
    if (compared || !YES_OR_NO.test(parameter.name) || !/^(?:true|false)$/.test(value)) continue;
    const other = await apply(operation, session, parameter, items, { value: String(value !== 'true') });
    if (!other) continue;
    const [yes, no] = value === 'true' ? [keys, other.keys] : [other.keys, keys];
    found.push({ exchange: other.exchange, parameter, yes, no, whole: all, complete: whole.complete });
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
  all: readonly Filtered[],
): Promise<Combined[]> {
  const { operation, session, items, complete } = whole;
  const { sizeParameter } = operation.paging ?? {};
  if (sizeParameter === undefined) return [];
  const most = Math.max(0, ...comparing.map(({ expected }) => expected.length));
  const size = most > SMALL ? SMALL : 1;
  const filter = comparing.find(({ expected }) => expected.length > size);
  if (!filter) return twoPages(whole, sizeParameter, all);
  const { parameter, value, sent, compared } = filter;
  const query: [string, string][] = [[sizeParameter, String(size)], ...queryPairs(parameter, sent)];
  const name = `${parameter.name}=${value} in pages of ${size}`;
  const pages: Page[] = [];
  for (let page = await readPage(session, operation, query, name); page && pages.length < FEW_PAGES; ) {
    pages.push(page);
    page = await turn(page, 'next', operation, session, `${name}, page ${pages.length + 1}`);
  }
  const last = pages.at(-1);
  if (!last) return [];
  // Another rule checks the length of pages; here only the sequence of items matters.
  const key = keyField(operation, items);
  const expected = items.filter((item) => compared.matches(item)).map((item) => keyOf(item, key));
  const ended = following(last, 'next', operation) === undefined;
  const keys = pages.flatMap((page) => page.keys);
  const { field } = compared;
  return [{ exchange: last.exchange, name, keys, expected, field, ended, complete: complete && ended }];
}

/**
 * Two pages, where filters compare what no item shows, or select one item at most by what they show. The first one ends
 * where the filter leaves something out: without it the second one begins with that.
 */
async function twoPages(
  { operation, session }: Whole,
  sizeParameter: string,
  all: readonly Filtered[],
): Promise<Combined[]> {
  const filter = all.find(({ keys }) => keys.length > 1);
  if (!filter) return [];
  const { parameter, value, sent, keys } = filter;
  const size = sizeToGap(filter);
  const name = `${parameter.name}=${value} in pages of ${size}`;
  const query: [string, string][] = [[sizeParameter, String(size)], ...queryPairs(parameter, sent)];
  const first = await readPage(session, operation, query, name, 'parameters-accepted');
  if (!first) return [];
  const second = await turn(first, 'next', operation, session, `${name}, page 2`);
  const shown = [...first.keys, ...(second?.keys ?? [])];
  // What the filter shows in a long page, it shows in short ones.
  const { exchange } = second ?? first;
  return [{ exchange, name, keys: shown, expected: keys, field: parameter.name, complete: false }];
}

/** Number of items that a filter selects before it leaves the next one out; 1 where it leaves out none in between. */
function sizeToGap({ keys, whole }: Filtered): number {
  const at = whole.indexOf(keys[0] ?? '');
  const size = keys.findIndex((key, index) => whole[at + index] !== key);
  return size > 0 ? size : 1;
}

async function apply(
  operation: Operation,
  session: Session,
  parameter: Parameter,
  items: readonly Item[],
  chosen: { value?: string; expect?: readonly string[] } = {},
): Promise<Omit<Filtered, 'complete'> | undefined> {
  const { contract, ids } = session;
  const given = chosen.value ?? ids.given(parameter);
  const compared = comparedBy(contract, parameter, items, given);
  const known = ids.of(parameter);
  const sent = compared?.sent ?? given ?? known?.value;
  if (sent === undefined || (!compared && !acceptsText(contract, parameter, String(sent)))) return undefined;
  const value = String(sent);
  const { query: size = [] } = wholePage(operation);
  const query = [...size, ...queryPairs(parameter, sent)];
  const { expect } = chosen;
  const probe = await session.probe(operation, {
    name: `${parameter.name}=${value}`,
    query,
    ...(expect ? { expect: [...expect] } : {}),
  });
  const guessed =
    !compared && chosen.value === undefined && known?.guessed
      ? [...probe.guessed, parameter.name]
      : probe.guessed;
  const exchange = await session.get({ ...probe, guessed });
  const answered = itemsOfAnswer(exchange);
  if (!answered) return undefined;
  const key = keyField(operation, items);
  const having = compared ? items.filter((item) => compared.matches(item)) : [];
  const most = room({ exchange, items: answered }, Number(size[0]?.[1] ?? items.length));
  return {
    exchange,
    parameter,
    value,
    sent,
    items: answered,
    keys: answered.map((item) => keyOf(item, key)),
    compared,
    isFull: answered.length >= most,
    whole: items.map((item) => keyOf(item, key)),
    expected: having.slice(0, most).map((item) => keyOf(item, key)),
  };
}

/** Compares the items that filters have selected with the expected ones; reports the first difference. */
export function notAsExpected(combined: Combined): Finding[] {
  const { exchange, name, keys, expected, field, complete, ended = complete, stray } = combined;
  // There may be more items after the last page that was read: of the filter, or of the whole collection.
  const least = Math.min(keys.length, expected.length);
  const end = Math.max(least, complete ? keys.length : 0, ended ? expected.length : 0);
  const index = Array.from({ length: end }, (_, at) => at).find((at) => keys[at] !== expected[at]);
  const at = { where: 'body', field, exchange };
  if (index === undefined)
    return stray === undefined ? [] : [{ ...at, expected: `only what has ${name}`, found: stray }];
  return [
    {
      ...at,
      expected: `${expected[index] ?? 'no more'} with ${name}, as item ${index + 1}`,
      found: keys[index] ?? `no more than ${count(keys.length, 'item')}`,
    },
  ];
}
