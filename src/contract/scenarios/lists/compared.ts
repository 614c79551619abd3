import {
  comparisonOf,
  hasType,
  NOT_FILTERS,
  type Operation,
  type Parameter,
  resolve,
  type Schema,
} from '../../../document/index.js';
import { formatInstant } from '../../../document/values/instant.js';
import { compare, type Item, orderValue, referredId, textOf } from '../../exchange/items.js';
import type { Contract } from '../../model/contract.js';
import { accepts, acceptsText } from '../../probe/values.js';

/** What a filter compares, and which items it selects. */
export interface Compared {
  /** The field of the items. */
  field: string;
  /** What is sent: a text, or a list of them. */
  sent: unknown;
  /** What the field of a selected item shows, in words. */
  wanted: string;
  matches(item: Item): boolean;
  /** The field refers to an object by its id. */
  refers: boolean;
}

/** The query parameters that select items: not those for paging, ranges, expansion or order. */
export function filterParameters({ parameters, ranges, ordering }: Operation): Parameter[] {
  const others = new Set([
    ...NOT_FILTERS,
    ...ranges.flatMap(({ gte, lte }) => [gte, lte]),
    ordering?.parameter,
  ]);
  return parameters.filter(
    // One that needs another selects nothing by itself.
    ({ name, in: place, required, requiresOneOf }) =>
      place === 'query' && !required && !requiresOneOf && !others.has(name),
  );
}

/**
 * How a filter compares a field of the items, with a value that some of them have; undefined if they show no such
 * field.
 *
 * @param given the value to send, if somebody has chosen one.
 */
export function comparedBy(
  contract: Contract,
  parameter: Parameter,
  items: readonly Item[],
  given?: string,
): Compared | undefined {
  const compared = {
    equal: equalTo,
    among,
    between,
    absent: lacking,
    above: (...all: Asked) => beyond(1, ...all),
    below: (...all: Asked) => beyond(-1, ...all),
  }[comparisonOf(parameter.name).comparison](contract, parameter, items, given);
  const { sent } = compared ?? {};
  return typeof sent === 'string' && !acceptsText(contract, parameter, sent) ? undefined : compared;
}

type Asked = Parameters<typeof comparedBy>;

/** `cpid` compares the field of this name, `make_id` the id in the reference `make`. */
function equalTo(
  _: Contract,
  parameter: Parameter,
  items: readonly Item[],
  given: string | undefined,
): Compared | undefined {
  const { name } = parameter;
  const read = (item: Item | undefined, field: string) => filteredValue(item?.[field], field, parameter);
  const field = [name, name.replace(/_id$/, '')].find((candidate) =>
    items.some((item) => read(item, candidate) !== undefined),
  );
  if (field === undefined) return undefined;
  const value = given ?? read(items[Math.floor(items.length / 2)], field);
  if (value === undefined) return undefined;
  return {
    field,
    sent: value,
    wanted: value,
    matches: (item) => read(item, field) === value,
    refers: field !== name,
  };
}

/** `status__in` selects what has one of its values: the two most different that the items show. */
function among(
  contract: Contract,
  parameter: Parameter,
  items: readonly Item[],
  given: string | undefined,
): Compared | undefined {
  const { field } = comparisonOf(parameter.name);
  const middle = shown(items[Math.floor(items.length / 2)]?.[field]);
  const others = items.map((item) => shown(item[field])).filter((text) => text !== middle);
  const seen = [middle, others.find((text) => text !== undefined)];
  const values = given?.split(',') ?? seen.filter((text) => text !== undefined && !text.includes(','));
  const { value: schema } = resolve<Schema>(contract.document, parameter.schema, parameter.schemaPointer);
  const sent = given ?? (hasType(schema, 'array') ? values : values.join(','));
  if (values.length === 0 || !accepts(contract, parameter, sent)) return undefined;
  return {
    field,
    sent,
    wanted: values.join(' or '),
    matches: (item) => values.includes(shown(item[field]) ?? ''),
    refers: false,
  };
}

/** `start__gt` selects what has a later value than one of the items, of which those with the same one stay out. */
function beyond(sign: 1 | -1, ...[, { name }, items, given]: Asked): Compared | undefined {
  const { field, comparison } = comparisonOf(name);
  const middle = items[Math.floor(items.length / 2)]?.[field];
  const value = given ?? shown(middle);
  if (value === undefined) return undefined;
  const bound = typeof middle === 'number' ? Number(value) : value;
  return {
    field,
    sent: value,
    wanted: `a value ${comparison} ${value}`,
    matches: (item) => shown(item[field]) !== undefined && Math.sign(compare(item[field], bound)) === sign,
    refers: false,
  };
}

/** `created_at__range` selects what is between two values: ones that no item has, as nobody says whether they count. */
function between(...[, { name }, items, given]: Asked): Compared | undefined {
  const { field } = comparisonOf(name);
  const keys = items.map((item) => item[field]).filter((value) => shown(value) !== undefined);
  const isNumber = typeof keys[0] === 'number';
  const moment = (key: number) => formatInstant(key).replace(/\.0+Z$/, 'Z');
  const [from, to] = given?.split(',') ?? gaps(keys.map(orderValue)).map(isNumber ? String : moment);
  if (from === undefined || to === undefined) return undefined;
  const [lower, upper] = [from, to].map((text) => orderValue(isNumber ? Number(text) : text));
  return {
    field,
    sent: `${from},${to}`,
    wanted: `a value from ${from} to ${to}`,
    matches: (item) =>
      shown(item[field]) !== undefined &&
      compare(item[field], lower) >= 0 &&
      compare(item[field], upper) <= 0,
    refers: false,
  };
}

/** The middles of the widest gaps in the lower and the upper half of some numbers; nothing where they are too few. */
function gaps(keys: readonly (string | number)[]): number[] {
  const sorted = [...new Set(keys.filter((key) => typeof key === 'number'))].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const widest = (some: readonly number[]) => {
    const pairs = some.slice(1).map((key, index) => [some[index] ?? key, key] as const);
    const [low, high] = pairs.sort((a, b) => b[1] - b[0] - (a[1] - a[0]))[0] ?? [0, 0];
    const middle = Math.floor((low + high) / 2);
    // Of moments a whole second, where one is between them: a server may take no fractions.
    const second = Math.floor(middle / 1e6) * 1e6;
    return second > low ? second : middle;
  };
  return sorted.length < 4 ? [] : [widest(sorted.slice(0, half)), widest(sorted.slice(half))];
}

/** `priority__isnull` selects what has no value: nothing, where all have one. */
function lacking(...[, { name }, items, given = 'true']: Asked): Compared | undefined {
  const { field } = comparisonOf(name);
  const lacks = (item: Item) => item[field] === null || item[field] === undefined;
  // What a field that is left out would be, and whether an empty text is a value, nobody says.
  const isOpen = (item: Item) => item[field] === undefined || item[field] === '';
  if (items.some(isOpen) || items.every(lacks)) return undefined;
  const wanted = given === 'true' ? 'no value' : 'a value';
  return { field, sent: given, wanted, matches: (item) => String(lacks(item)) === given, refers: false };
}

/** The value of an item that a filter is compared with. */
export function filteredValue(
  value: unknown,
  field: string,
  { name }: Pick<Parameter, 'name'>,
): string | undefined {
  if (shown(value) === undefined) return undefined;
  return field === name ? textOf(value) : referredId(value);
}

/** The rarest other value, of several the oddest: a filter that heeds only the usual value shows too much with it. */
export function otherValue(
  parameter: Parameter,
  items: readonly Item[],
  { field, sent }: Compared,
): string | undefined {
  if (comparisonOf(parameter.name).comparison !== 'equal') return undefined;
  const times = new Map<string, number>();
  for (const item of items) {
    const value = filteredValue(item[field], field, parameter);
    if (value !== undefined && value !== sent) times.set(value, (times.get(value) ?? 0) + 1);
  }
  const [rarest] = [...times].sort(([a, ofA], [b, ofB]) => ofA - ofB || oddity(b) - oddity(a));
  return rarest?.[0];
}

/** Number of characters that a URL has to encode: a server that decodes them wrongly finds nothing. */
function oddity(value: string): number {
  return encodeURIComponent(value).split('%').length - 1;
}

/** Nobody says how a filter is compared with a list: with one of its members, or with all of them. */
function shown(value: unknown): string | undefined {
  return value === undefined || value === null || Array.isArray(value) ? undefined : textOf(value);
}
