import { headerParameters } from '../../../generated/operations.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { HeaderValues } from '../options.js';
import type { OperationRow } from '../resource/operation-row.js';
import { wireValue } from '../url/wire-value.js';

const HEADERS: ReadonlySet<string> = new Set(headerParameters);

/** The query parameters of a method's parameters, which are query and header parameters in one object. */
export function queryParameters(row: OperationRow, params: object): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null || isHeader(row, name)) continue;
    query[name] = wireValue(`query: ${name}`, value);
  }
  return query;
}

/** The header parameters among a method's parameters. */
export function headerValues(row: OperationRow, params: object): HeaderValues | undefined {
  let headers: Record<string, string> | undefined;
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null || !isHeader(row, name)) continue;
    const written = wireValue(`${name}: the value`, value);
    if ([written].flat().some((item) => typeof item === 'object'))
      throw new ConfigurationError(`${name}: the value is or holds an object; pass text`);
    headers ??= {};
    headers[name] = String(written);
  }
  return headers;
}

function isHeader(row: OperationRow, name: string): boolean {
  return HEADERS.has(name) || (row.headers?.includes(name) ?? false);
}
