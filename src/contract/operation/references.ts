import { isObject, type Operation, type Reference, referencesOf, type Schema } from '../../document/index.js';
import { essence, isJson } from '../exchange/media.js';
import { itemSchema } from '../probe/ids.js';
import type { Contract } from '../schema/contract.js';

/** The schema of what an operation's success shows: of the items where that is an array. */
export function shownSchema(
  contract: Contract,
  operation: Operation,
): { value: Schema; pointer: string } | undefined {
  const items = itemSchema(contract, operation);
  if (items) return items;
  const success = operation.responses.find((response) => response.status.startsWith('2'));
  const media = success?.content.find((content) => isJson(essence(content.mediaType)));
  if (media?.schema === undefined || media.schemaPointer === undefined) return undefined;
  return { value: media.schema, pointer: media.schemaPointer };
}

/** The reference fields of what an operation shows, and of the objects that they lead to. */
export function shownReferences(contract: Contract, operation: Operation): Map<string, Reference> {
  const shown = shownSchema(contract, operation);
  return shown ? referencesOf(contract.document, shown.value, shown.pointer) : new Map();
}

/** The references of the object that a reference leads to. */
export function deeper(contract: Contract, reference: Reference): Map<string, Reference> {
  return referencesOf(contract.document, reference.value, reference.pointer);
}

/** The value at a path of fields; undefined where the way ends before. */
export function valueAt(item: unknown, fields: readonly string[]): unknown {
  return fields.reduce<unknown>((at, field) => (isObject(at) ? at[field] : undefined), item);
}

/** The values along a path of fields, from the first to the last that is there. */
export function* valuesAt(
  item: unknown,
  fields: readonly string[],
  path = '',
): Generator<{ path: string; value: unknown; last: boolean }> {
  const [field, ...rest] = fields;
  if (field === undefined || !isObject(item) || !(field in item)) return;
  const value = item[field];
  const at = `${path}/${field}`;
  yield { path: at, value, last: rest.length === 0 };
  yield* valuesAt(value, rest, at);
}
