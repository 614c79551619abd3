import type { Resources } from '../../../generated/client.js';
import { operations as table } from '../../../generated/operations.js';
import type { Core } from './call.js';
import { isEntry, type OperationRow, type OperationTable, rowOf } from './operation-row.js';
import { resourceClass } from './resource.js';

/** Every operation of the document. */
export const operations: readonly OperationRow[] = rowsOf(table);

/** What the client extends: the resources of the document, each with the methods of its operations. */
export const ResourceTree = resourceClass(table) as new (core: Core) => Resources;

function rowsOf(entries: OperationTable): OperationRow[] {
  return Object.values(entries).flatMap((entry) => (isEntry(entry) ? rowOf(entry) : rowsOf(entry)));
}
