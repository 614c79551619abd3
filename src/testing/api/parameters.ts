import {
  CURSORS,
  hasType,
  isObject,
  listsType,
  PAGE_AFTER,
  PAGE_BEFORE,
  PAGE_SIZE,
  type Parameter,
  properties,
  resolve,
  type Schema,
  separatorOf,
} from '../../document/index.js';
import type { FakeRequest } from '../http/exchange.js';
import { invalidPaging, invalidParameters, notFound } from '../problems.js';
import type { Call, Surroundings } from '../world.js';

const PAGING = new Set([...CURSORS, PAGE_SIZE]);

/**
 * Reads the declared parameters of a call and checks them against their schemas. Undeclared ones are ignored.
 *
 * @throws Problem 400 that names each parameter that is rejected or missing.
 */
export function readParameters(call: Call): Pick<Call, 'query' | 'header'> {
  const { operation, request, world } = call;
  const query: Record<string, unknown> = {};
  const header: Record<string, unknown> = {};
  const rejected: Record<string, string[]> = {};
  for (const parameter of operation.parameters) {
    const value = valueSent(parameter, call);
    if (value === undefined) {
      if (parameter.required) rejected[parameter.name] = ['is required'];
      continue;
    }
    const errors = world.schemas.check(parameter.schemaPointer, value, 'request');
    if (errors && !isCursor(parameter)) rejected[parameter.name] = Object.values(errors).flat();
    if (parameter.in === 'query') query[parameter.name] = value;
    else if (parameter.in === 'header') header[parameter.name] = value;
  }
  if (Object.keys(rejected).some((name) => isUnknownPlace(name, call))) {
    throw notFound(`There is nothing at '${request.url.pathname}'.`);
  }
  for (const { name, requiresOneOf = [], excludes = [] } of operation.parameters) {
    if (!(name in query)) continue;
    for (const other of excludes) if (other in query) rejected[other] = [`can't be sent with ${name}`];
    const isLacking = requiresOneOf.every((other) => !(other in query));
    if (isLacking) for (const other of requiresOneOf) rejected[other] = [`is required with ${name}`];
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

/** A parameter's value in the types of its schema; undefined if it wasn't sent. */
function valueSent(parameter: Parameter, call: Call): unknown {
  const { world, request, path } = call;
  const { value: schema, pointer } = resolve<Schema>(
    world.document,
    parameter.schema,
    parameter.schemaPointer,
  );
  if (parameter.in === 'query' && parameter.mediaType === undefined && hasType(schema, 'object')) {
    const fields = fieldsSent(
      parameter,
      properties(world.document, schema, pointer),
      request.url.searchParams,
    );
    if (fields && fields.length > 0) return objectOf(world, schema, pointer, fields);
    // An object whose fields are all optional counts as sent even without fields.
    if (fields)
      return parameter.required && !world.schemas.check(parameter.schemaPointer, {}) ? {} : undefined;
  }
  const raw = sent(parameter, request, path);
  if (raw.length === 0) return undefined;
  if (parameter.mediaType !== undefined) return parsed(raw.join());
  if (hasType(schema, 'object') && !hasType(schema, 'string')) {
    const text = raw.at(-1) ?? '';
    const parts = partsOf(parameter, text);
    // Names and values alternate; a name without a value doesn't make an object.
    return parts.length % 2 === 0 ? objectOf(world, schema, pointer, pairs(parts)) : text;
  }
  return convert(world, parameter, raw);
}

/** The fields of an object, if each is a parameter of its own; undefined if the object is written as one text. */
function fieldsSent(
  { name, style, explode }: Parameter,
  known: ReadonlyMap<string, unknown>,
  query: URLSearchParams,
): [string, string][] | undefined {
  const start = `${name}[`;
  if (style === 'deepObject') {
    return [...query].flatMap(([key, text]): [string, string][] =>
      key.startsWith(start) && key.endsWith(']') ? [[key.slice(start.length, -1), text]] : [],
    );
  }
  return explode ? [...query].filter(([key]) => known.has(key)) : undefined;
}

/** The alternating names and values of an object that is written as one text. */
function partsOf(parameter: Parameter, text: string): string[] {
  if (text === '') return [];
  const parts = text.split(separatorOf(parameter));
  return parameter.explode ? parts.flatMap((part) => part.split(/=(.*)/s, 2)) : parts;
}

/** `['a', '1', 'b', '2']` as the fields that it stands for. */
function pairs(texts: readonly string[]): [string, string][] {
  return texts.flatMap((text, index): [string, string][] =>
    index % 2 === 0 ? [[text, texts[index + 1] ?? '']] : [],
  );
}

/** Fields that came as text, in the types of an object's schema. */
export function objectOf(
  world: Pick<Surroundings, 'document'>,
  schema: Schema,
  pointer: string,
  fields: readonly [string, string][],
): Record<string, unknown> {
  const known = properties(world.document, schema, pointer);
  return Object.fromEntries(
    fields.map(([name, text]) => [name, convertOne(world, known.get(name)?.value, text)]),
  );
}

// Text that isn't JSON stays text; the schema then rejects it with its own message.
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
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
    case 'cookie':
      return cookiesOf(request).flatMap(([name, value]) => (name === parameter.name ? [value] : []));
  }
}

function cookiesOf({ headers }: FakeRequest): [name: string, value: string][] {
  const cookies = (headers.cookie ?? '').split(';').filter((cookie) => cookie.includes('='));
  return cookies.map((cookie) => {
    const [name = '', ...value] = cookie.trim().split('=');
    return [name, decoded(value.join('='))];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function convert(world: Pick<Surroundings, 'document'>, parameter: Parameter, raw: string[]): unknown {
  const schema = resolve<Schema>(world.document, parameter.schema, parameter.schemaPointer).value;
  if (!hasType(schema, 'array')) return convertOne(world, schema, raw.at(-1) ?? '');
  const parts = parameter.explode ? raw : raw.flatMap((value) => value.split(separatorOf(parameter)));
  const items = isObject(schema) ? schema.items : undefined;
  return parts.map((part) => convertOne(world, items, part));
}

// Text that can't be converted stays text: the schema then rejects it with its own message.
function convertOne(world: Pick<Surroundings, 'document'>, source: unknown, text: string): unknown {
  const schema = resolve<Schema>(world.document, source ?? true, '#').value;
  if (listsType(schema, 'integer') && /^-?\d+$/.test(text)) return Number(text);
  if (listsType(schema, 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (listsType(schema, 'boolean') && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}
