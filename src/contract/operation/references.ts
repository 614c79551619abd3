import {
  expandedForms,
  isObject,
  type Located,
  type Operation,
  properties,
  type Reference,
  referencesOf,
  type Schema,
} from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import { shownSchema } from './success.js';

/** The reference fields in an operation's success. */
export function shownReferences(contract: Contract, operation: Operation): Map<string, Reference> {
  const shown = shownSchema(contract, operation);
  return shown ? referencesAt(contract, shown) : new Map();
}

/** The references of the object that a reference leads to. */
export function deeper(contract: Contract, reference: Reference): Map<string, Reference> {
  return referencesAt(contract, reference);
}

const known = new WeakMap<Contract, Map<string, Map<string, Reference>>>();

/** The references of a schema; cached, since all items of a list have the same schema. */
function referencesAt(contract: Contract, { value, pointer }: Located<Schema>): Map<string, Reference> {
  const schemas = known.get(contract) ?? new Map<string, Map<string, Reference>>();
  known.set(contract, schemas);
  const found = schemas.get(pointer) ?? referencesOf(contract.document, value, pointer);
  schemas.set(pointer, found);
  return found;
}

/** Whether the schemas allow an object at a path of fields; if they don't describe it, they do. */
export function maySpread(
  contract: Contract,
  shown: { pointer: string } | undefined,
  fields: readonly string[],
): boolean {
  return formsAt(contract, shown, fields)?.length !== 0;
}

/** Where the document describes the objects at a path of fields; undefined if it doesn't describe the path. */
export function formsAt(
  { document }: Contract,
  shown: { pointer: string } | undefined,
  fields: readonly string[],
): string[] | undefined {
  let pointers = shown ? [shown.pointer] : [];
  for (const field of fields) {
    const described = pointers.flatMap((pointer) => properties(document, { $ref: pointer }).get(field) ?? []);
    if (described.length === 0) return undefined;
    pointers = described.flatMap((one) => expandedForms(document, one)).map(({ pointer }) => pointer);
    if (pointers.length === 0) return [];
  }
  return pointers;
}

/** The value at a path of fields; undefined if the path ends early. */
export function valueAt(item: unknown, fields: readonly string[]): unknown {
  return fields.reduce<unknown>((at, field) => (isObject(at) ? at[field] : undefined), item);
}

/** The values along a path of fields, from the first to the last that exists; for a list, those of each item. */
export function* valuesAt(
  item: unknown,
  fields: readonly string[],
  path = '',
): Generator<{ path: string; value: unknown; last: boolean }> {
  const [field, ...rest] = fields;
  if (field === undefined || !isObject(item) || !Object.hasOwn(item, field)) return;
  const value = item[field];
  const at = `${path}/${field}`;
  const values = Array.isArray(value)
    ? value.map((one, index) => ({ one, to: `${at}/${index}` }))
    : [{ one: value, to: at }];
  for (const { one, to } of values) {
    yield { path: to, value: one, last: rest.length === 0 };
    yield* valuesAt(one, rest, to);
  }
}
