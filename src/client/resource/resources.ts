import type { Resources } from '../../../generated/client.js';
import { operations as table } from '../../../generated/operations.js';
import type { Core } from './call.js';
import { isRow, type OperationRow, type RowTable, rowsOf } from './operation-row.js';
import { resourceClass } from './resource.js';

const rows = rowsOf(table);

/** Every operation of the document. */
export const operations: readonly OperationRow[] = allOf(rows);

/** Base class of the client: the document's resources, each with the methods of its operations. */
export const ResourceTree = resourceClass(rows) as new (core: Core) => Resources;

function allOf(within: RowTable): OperationRow[] {
  return Object.values(within).flatMap((row) => (isRow(row) ? row : allOf(row)));
}
