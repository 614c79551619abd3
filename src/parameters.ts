import { headerParameters } from '../generated/operations.js';
import type { OperationRow } from './operation-row.js';
import type { HeaderValues } from './options.js';

const HEADERS: ReadonlySet<string> = new Set(headerParameters);

/** A method takes query and header parameters in one object; here they part again. */
export function splitParameters(
  row: OperationRow,
  params: object | undefined,
): { query: Record<string, unknown> | undefined; headers: HeaderValues | undefined } {
  let query: Record<string, unknown> | undefined;
  let headers: Record<string, string> | undefined;
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value === undefined || value === null) continue;
    if (HEADERS.has(name) || row.headers?.includes(name)) {
      headers ??= {};
      headers[name.toLowerCase()] = String(value);
    } else {
      query ??= {};
      // As an object it would have no fields to send, and the filter would be lost without a word.
      query[name] = value instanceof Date ? value.toISOString() : value;
    }
  }
  return { query, headers };
}
