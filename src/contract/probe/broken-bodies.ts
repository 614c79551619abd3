import {
  allProperties,
  goesOneWay,
  isObject,
  properties,
  resolve,
  type Schema,
} from '../../document/index.js';
import type { Contract } from '../model/contract.js';

/** A body that is wrong in one place. */
export interface Broken {
  /** Such as `name: one character less than the least`. */
  name: string;
  value: Record<string, unknown>;
}

/** Lengths and counts from here on aren't exceeded on purpose: the bodies would become too large. */
const LONGEST = 10_000;

/**
 * Makes bodies that each break one bound of their schema, and are otherwise like the right body. Only those that the
 * schema really refuses are returned.
 */
export function brokenBodies(
  contract: Contract,
  right: Readonly<Record<string, unknown>>,
  source: Schema,
  pointer: string,
): Broken[] {
  const broken = brokenPlaces(contract, right, source, pointer);
  return broken.filter(({ value }) => !contract.acceptsSent(pointer, value));
}

/** The right body, with one place of it changed, also in the objects that it holds. */
function brokenPlaces(
  contract: Contract,
  right: Readonly<Record<string, unknown>>,
  source: Schema,
  pointer: string,
): Broken[] {
  const { value: schema, pointer: at } = resolve<Schema>(contract.document, source, pointer);
  // An object that may be null is an alternative: what it has is broken, too.
  const shown = [...allProperties(contract.document, schema, at)].filter(([field]) =>
    Object.hasOwn(right, field),
  );
  const known = new Map([...properties(contract.document, schema, at), ...shown]);
  const without = Object.keys(right).map((field) => ({
    name: `without ${field}`,
    value: Object.fromEntries(Object.entries(right).filter(([name]) => name !== field)),
  }));
  const values = [...known].flatMap(([field, property]) => {
    if (goesOneWay(contract.document, property.value, 'readOnly', property.pointer)) return [];
    const { value } = resolve<Schema>(contract.document, property.value, property.pointer);
    if (!isObject(value)) return [];
    const own = right[field];
    const inside = isObject(own) ? brokenPlaces(contract, own, property.value, property.pointer) : [];
    const wrong = [
      ...wrongValues(value).map(([how, other]) => ({ name: `${field} ${how}`, other })),
      ...inside.map(({ name, value: other }) => ({ name: `${field}, ${name}`, other })),
    ];
    return wrong.map(({ name, other }) => ({ name, value: { ...right, [field]: other } }));
  });
  const more = { name: 'with a field that is not described', value: { ...right, not_a_field: 1 } };
  return [...without, ...values, more];
}

/** Values just outside each bound. */
function wrongValues(schema: Record<string, unknown>): [how: string, value: unknown][] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength, maxLength, minItems, maxItems } =
    schema;
  const found: [string, unknown][] = [];
  const step = typeof schema.multipleOf === 'number' ? schema.multipleOf : 1;
  if (typeof minimum === 'number') found.push(['below the minimum', minimum - step]);
  if (typeof maximum === 'number') found.push(['above the maximum', maximum + step]);
  if (typeof exclusiveMinimum === 'number') found.push(['at the exclusive minimum', exclusiveMinimum]);
  if (typeof exclusiveMaximum === 'number') found.push(['at the exclusive maximum', exclusiveMaximum]);
  if (typeof minLength === 'number' && minLength > 0) found.push(['too short', 'x'.repeat(minLength - 1)]);
  if (typeof maxLength === 'number' && maxLength < LONGEST)
    found.push(['too long', 'x'.repeat(maxLength + 1)]);
  if (typeof minItems === 'number' && minItems > 0) found.push(['with too few items', []]);
  if (typeof maxItems === 'number' && maxItems < LONGEST)
    found.push(['with too many items', new Array(maxItems + 1).fill(null)]);
  if (Array.isArray(schema.enum)) found.push(['beside the enum', 'not-a-value']);
  if (schema.format !== undefined || schema.pattern !== undefined)
    found.push(['of another form', 'not-a-value']);
  // Lenient parsers can't convert text to an object, so an object is a wrong type for them too.
  return [...found, ['of another type', { not: 'this' }], ['null', null]];
}
