import type { Arbitrary } from 'fast-check';
import {
  goesOneWay,
  isObject,
  join,
  type Located,
  patternOf,
  properties,
  resolve,
  type Schema,
} from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import { requiredFields, sample } from '../probe/sample.js';
import type { FieldAddresses } from './addresses.js';
import type { FastCheck } from './load.js';

/** Levels of nested objects and lists; below these, only required members. */
const DEPTH = 4;
/** The most characters and items if a schema sets no bound. */
const LONGEST = 40;
const MOST_ITEMS = 4;

/** What values are made with. */
export interface Means {
  fc: FastCheck;
  contract: Contract;
  /** Addresses that fields can hold, by the fields' names. */
  addresses: FieldAddresses;
}

/** Where a value belongs. */
interface Spot {
  depth: number;
  /** The field that holds it, or the list that it is in. */
  field?: string;
}

/**
 * Values for a schema, the small ones first. Nearly all fit it. Values can't be generated from conditions in a schema,
 * so the caller must check the whole.
 */
export function valuesOf(
  means: Means,
  source: Schema,
  at: string,
  spot: Spot = { depth: 0 },
): Arbitrary<unknown> {
  const { fc, contract } = means;
  const { value: schema, pointer } = resolve<Schema>(contract.document, source, at);
  if (!isObject(schema)) return anything(fc);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const branches = schema[keyword];
    if (!Array.isArray(branches)) continue;
    const one = (branch: unknown, index: number) =>
      valuesOf(means, branch as Schema, join(pointer, keyword, index), deeper(spot));
    return fc.oneof(...branches.map(one));
  }
  return fc.oneof(...typesOf(schema).map((type) => ofType(means, { value: schema, pointer }, type, spot)));
}

function deeper({ depth, ...spot }: Spot): Spot {
  return { ...spot, depth: depth + 1 };
}

/** The types that a schema names, or those that its other keywords are about. */
function typesOf(schema: Record<string, unknown>): unknown[] {
  if (schema.type !== undefined) return [schema.type].flat();
  if (schema.properties !== undefined || schema.allOf !== undefined) return ['object'];
  if (schema.items !== undefined) return ['array'];
  if (schema.minimum !== undefined || schema.maximum !== undefined) return ['number'];
  const isText = ['pattern', 'format', 'minLength', 'maxLength'].some((keyword) => keyword in schema);
  return isText ? ['string'] : ['any'];
}

function anything(fc: FastCheck): Arbitrary<unknown> {
  return fc.constantFrom<unknown>('text', 1, true, null);
}

function ofType(
  means: Means,
  { value, pointer }: Located<Schema>,
  type: unknown,
  spot: Spot,
): Arbitrary<unknown> {
  const { fc } = means;
  const schema = value as Record<string, unknown>;
  switch (type) {
    case 'any':
      return anything(fc);
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return numbers(fc, schema, type);
    case 'string':
      return texts(means, { value, pointer }, spot);
    case 'array':
      return lists(means, schema, pointer, spot);
    default:
      return objects(means, { value, pointer }, spot);
  }
}

function numbers(
  fc: FastCheck,
  schema: Record<string, unknown>,
  type: 'integer' | 'number',
): Arbitrary<number> {
  const bound = (name: string) => (typeof schema[name] === 'number' ? schema[name] : undefined);
  const [above, below] = [bound('exclusiveMinimum'), bound('exclusiveMaximum')];
  const step = bound('multipleOf') ?? (type === 'integer' ? 1 : undefined);
  // Without a bound most numbers are counts or amounts, whatever else would be allowed.
  const min = bound('minimum') ?? above ?? Math.min(0, (bound('maximum') ?? below ?? 0) - 1e6);
  const max = bound('maximum') ?? below ?? Math.max(1e6, min + 1e6);
  if (step === undefined) {
    const excluded = { minExcluded: min === above, maxExcluded: max === below };
    return fc.double({ min, max, ...excluded, noNaN: true, noDefaultInfinity: true });
  }
  const least = Math.ceil(min / step) + (min === above && min % step === 0 ? 1 : 0);
  const most = Math.floor(max / step) - (max === below && max % step === 0 ? 1 : 0);
  // 3 × 0.1 has a rounding error; only the first digits are meant.
  return fc
    .integer({ min: Math.max(least, -(2 ** 31)), max: Math.min(most, 2 ** 31 - 1) })
    .map((times) => Number((times * step).toPrecision(12)));
}

function lists(
  means: Means,
  { items, minItems, maxItems, uniqueItems }: Record<string, unknown>,
  at: string,
  spot: Spot,
): Arbitrary<unknown[]> {
  const { fc } = means;
  const minLength = typeof minItems === 'number' ? minItems : 0;
  const most = minLength + (spot.depth > DEPTH ? 0 : MOST_ITEMS);
  const lengths = { minLength, maxLength: typeof maxItems === 'number' ? Math.min(maxItems, most) : most };
  const item = valuesOf(means, (items ?? true) as Schema, join(at, 'items'), deeper(spot));
  if (uniqueItems !== true) return fc.array(item, lengths);
  return fc.uniqueArray(item, { ...lengths, selector: (value) => JSON.stringify(value) });
}

/** The described members that may be sent, each present or not. */
function objects(means: Means, { value, pointer }: Located<Schema>, { depth }: Spot): Arbitrary<unknown> {
  const { fc, contract } = means;
  const schema = value as Record<string, unknown>;
  const required = new Set(requiredFields(contract, schema, pointer));
  const sent = [...properties(contract.document, schema, pointer)].filter(
    ([name, property]) =>
      (depth <= DEPTH || required.has(name)) &&
      !goesOneWay(contract.document, property.value, 'readOnly', property.pointer),
  );
  const members = sent.map(([field, property]) => [
    field,
    valuesOf(means, property.value, property.pointer, { depth: depth + 1, field }),
  ]);
  return fc.record(Object.fromEntries(members) as Record<string, Arbitrary<unknown>>, {
    requiredKeys: sent.map(([name]) => name).filter((name) => required.has(name)),
  });
}

function texts(
  { fc, contract, addresses }: Means,
  { value, pointer }: Located<Schema>,
  { field = '' }: Spot,
): Arbitrary<unknown> {
  const schema = value as Record<string, unknown>;
  const known = addresses.get(field)?.filter((url) => contract.acceptsSent(pointer, url)) ?? [];
  if (known.length > 0)
    return fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...known) },
      { weight: 1, arbitrary: fc.webUrl() },
    );
  const { pattern, format, minLength = 1, maxLength = LONGEST } = schema;
  if (typeof pattern === 'string')
    return matching(fc, pattern) ?? fc.constant(sample(contract, schema, pointer));
  const date = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
  if (format === 'date-time') return date.map((moment) => moment.toISOString());
  if (format === 'date') return date.map((moment) => moment.toISOString().slice(0, 10));
  if (format === 'uuid') return fc.uuid();
  if (format === 'email') return fc.emailAddress();
  if (format === 'uri') return fc.webUrl();
  if (format !== undefined) return fc.constant(sample(contract, schema, pointer));
  const [least, most] = [Number(minLength), Math.min(Number(maxLength), LONGEST + Number(minLength))];
  return fc.string({ minLength: least, maxLength: most, unit: 'grapheme' });
}

/** Text for a pattern that fast-check can generate from; undefined for others, such as those with look-behinds. */
function matching(fc: FastCheck, pattern: string): Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(patternOf(pattern));
  } catch {
    return undefined;
  }
}
