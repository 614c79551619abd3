import {
  EXPAND,
  hasType,
  isObject,
  PAGE_AFTER,
  PAGE_BEFORE,
  PAGE_NUMBER,
  PAGE_SIZE,
  type Parameter,
  resolve,
  type Schema,
} from '../../document/index.js';
import type { FakeRequest } from '../http/exchange.js';
import { invalidPaging, invalidParameters, notFound } from '../problems.js';
import type { Call, Surroundings } from '../world.js';

const PAGING = new Set([PAGE_AFTER, PAGE_BEFORE, PAGE_NUMBER, PAGE_SIZE]);

/** Query parameters that don't select items. */
export const NOT_FILTERS: ReadonlySet<string> = new Set([...PAGING, EXPAND]);

/**
 * Reads the declared parameters of a call and checks them against their schemas. Undeclared ones are ignored.
 *
 * @throws Problem 400 that names each rejected parameter.
 */
export function readParameters(call: Call): Pick<Call, 'query' | 'header'> {
  const { operation, request, world } = call;
  const query: Record<string, unknown> = {};
  const header: Record<string, unknown> = {};
  const rejected: Record<string, string[]> = {};
  for (const parameter of operation.parameters) {
    const raw = sent(parameter, request, call.path);
    if (raw.length === 0) {
      if (parameter.required) rejected[parameter.name] = ['is required'];
      continue;
    }
    const value = convert(world, parameter, raw);
    const errors = world.schemas.check(parameter.schemaPointer, value, 'request');
    if (errors && !isCursor(parameter)) rejected[parameter.name] = Object.values(errors).flat();
    if (parameter.in === 'query') query[parameter.name] = value;
    else if (parameter.in === 'header') header[parameter.name] = value;
  }
  if (Object.keys(rejected).some((name) => isUnknownPlace(name, call))) {
    throw notFound(`There is nothing at '${request.url.pathname}'.`);
  }
  refuse(rejected);
  return { query, header };
}

/** Whether an invalid id counts as one that doesn't exist: only if the document declares no other error for it. */
function isUnknownPlace(name: string, { operation }: Call): boolean {
  const declares = (status: string) => operation.responses.some((response) => response.status === status);
  const isInPath = operation.parameters.some((one) => one.name === name && one.in === 'path');
  return isInPath && declares('404') && !['400', '422', '4XX', 'default'].some(declares);
}

// Only its collection can tell whether a cursor is valid: the published pattern is wrong for logs.
function isCursor(parameter: Parameter): boolean {
  return parameter.in === 'query' && (parameter.name === PAGE_AFTER || parameter.name === PAGE_BEFORE);
}

function refuse(rejected: Record<string, string[]>): void {
  const names = Object.keys(rejected);
  if (names.length === 0) return;
  throw names.every((name) => PAGING.has(name)) ? invalidPaging(rejected) : invalidParameters(rejected);
}

function sent(parameter: Parameter, request: FakeRequest, path: Readonly<Record<string, string>>): string[] {
  switch (parameter.in) {
    case 'path':
      return [path[parameter.name] ?? ''];
    case 'query':
      return request.url.searchParams.getAll(parameter.name);
    case 'header': {
      const value = request.headers[parameter.name.toLowerCase()];
      return value === undefined ? [] : [value];
    }
    default:
      return [];
  }
}

function convert(world: Pick<Surroundings, 'document'>, parameter: Parameter, raw: string[]): unknown {
  const schema = resolve<Schema>(world.document, parameter.schema, parameter.schemaPointer).value;
  if (!hasType(schema, 'array')) return convertOne(world, schema, raw.at(-1) ?? '');
  const separator = { spaceDelimited: ' ', pipeDelimited: '|' }[parameter.style] ?? ',';
  const parts = parameter.explode ? raw : raw.flatMap((value) => value.split(separator));
  const items = isObject(schema) ? schema.items : undefined;
  return parts.map((part) => convertOne(world, items, part));
}

// Text that can't be converted stays text: the schema then rejects it with its own message.
function convertOne(world: Pick<Surroundings, 'document'>, source: unknown, text: string): unknown {
  const schema = resolve<Schema>(world.document, source ?? true, '#').value;
  if (hasType(schema, 'integer') && /^-?\d+$/.test(text)) return Number(text);
  if (hasType(schema, 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (hasType(schema, 'boolean') && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}
