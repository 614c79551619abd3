import { isJson, itemsOf, type Operation, type Schema } from '../../document/index.js';
import type { Contract } from '../model/contract.js';

/** Whether an operation's success is an array. */
export function isList(contract: Contract, operation: Operation): boolean {
  return itemSchema(contract, operation) !== undefined;
}

/** The schema of the items of a list operation's success. */
function itemSchema(contract: Contract, operation: Operation) {
  const success = operation.responses.find((response) => response.status.startsWith('2'));
  for (const media of success?.content ?? []) {
    const items = itemsOf(contract.document, media.schema, media.schemaPointer);
    if (items) return items;
  }
  return undefined;
}

/** The schema that an operation's success shows: that of the items if it is an array. */
export function shownSchema(
  contract: Contract,
  operation: Operation,
): { value: Schema; pointer: string } | undefined {
  const items = itemSchema(contract, operation);
  if (items) return items;
  const success = operation.responses.find((response) => response.status.startsWith('2'));
  const media = success?.content.find((content) => isJson(content.mediaType));
  if (media?.schema === undefined || media.schemaPointer === undefined) return undefined;
  return { value: media.schema, pointer: media.schemaPointer };
}
