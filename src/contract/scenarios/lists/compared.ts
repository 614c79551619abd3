import { comparisonOf, hasType, type Parameter, resolve, type Schema } from '../../../document/index.js';
import { compare, type Item, referredId, textOf } from '../../exchange/items.js';
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

/**
 * How a filter compares a field of the items, with a value that some of them have; undefined if they show no such field.
 *
 * @param given the value to send, if somebody has chosen one.
 */
export function comparedBy(
  contract: Contract,
  parameter: Parameter,
  items: readonly Item[],
  given?: string,
): Compared | undefined {
  const { field, comparison } = comparisonOf(parameter.name);
  const middle = items[Math.floor(items.length / 2)];
  if (comparison === 'equal') return equalTo(contract, parameter, items, given);
  const value = given ?? shown(middle?.[field]);
  if (value === undefined) return undefined;
  if (comparison === 'among') return among(contract, parameter, items, given);
  if (!acceptsText(contract, parameter, value)) return undefined;
  const sign = comparison === 'above' ? 1 : -1;
  const bound = typeof middle?.[field] === 'number' ? Number(value) : value;
  return {
    field,
    sent: value,
    wanted: `a value ${comparison} ${value}`,
    matches: (item) => shown(item[field]) !== undefined && Math.sign(compare(item[field], bound)) === sign,
    refers: false,
  };
}

/** `cpid` compares the field of this name, `make_id` the id in the reference `make`. */
function equalTo(
  contract: Contract,
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
  if (value === undefined || !acceptsText(contract, parameter, value)) return undefined;
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

/** The value of an item that a filter is compared with. */
export function filteredValue(
  value: unknown,
  field: string,
  { name }: Pick<Parameter, 'name'>,
): string | undefined {
  if (shown(value) === undefined) return undefined;
  return field === name ? textOf(value) : referredId(value);
}

/** Nobody says how a filter is compared with a list: with one of its members, or with all of them. */
function shown(value: unknown): string | undefined {
  return value === undefined || value === null || Array.isArray(value) ? undefined : textOf(value);
}
