import {
  declaredResponse,
  lookup,
  type OpenApiDocument,
  type Operation,
  subschemas,
} from '../../document/index.js';
import type { Contract, SchemaFault } from '../model/contract.js';

/**
 * The schemas of an answer that can't be compiled. They accept any value, so an answer that looks right proves nothing.
 */
export function unjudgedSchemas(contract: Contract, operation: Operation, status: number): SchemaFault[] {
  const response = declaredResponse(operation, status);
  const own = [...(response?.content ?? []), ...(response?.headers ?? [])].flatMap(({ schemaPointer }) =>
    schemaPointer === undefined ? [] : [schemaPointer],
  );
  const reached = reachedFrom(contract.document, own);
  return contract
    .brokenSchemas(own)
    .filter(({ pointer }) => reached.some((base) => pointer === base || pointer.startsWith(`${base}/`)));
}

/** The given schemas, those inside them, and all that they refer to, as pointers. */
function reachedFrom(document: OpenApiDocument, pointers: readonly string[]): string[] {
  const reached = new Set<string>();
  const reach = (pointer: string) => {
    if (reached.has(pointer)) return;
    reached.add(pointer);
    subschemas(lookup(document, pointer), pointer).forEach(reach);
  };
  pointers.forEach(reach);
  return [...reached];
}
