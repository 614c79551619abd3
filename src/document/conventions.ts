/**
 * Recognises this API's conventions, by the names in `src/text/conventions.ts`. What names can't express, an `x-…`
 * extension of the document does.
 */
import { CURSORS, EXPAND, GTE, LTE, PAGE_AFTER, PAGE_NUMBER, PAGE_SIZE } from '../text/conventions.js';
import { isObject } from './json.js';
import { resolve } from './references/resolve.js';
import { propertyNames } from './references/schema.js';
import type {
  Collection,
  Expansion,
  JsonObject,
  OpenApiDocument,
  Operation,
  Ordering,
  Paging,
  Parameter,
  Range,
  ResponseSpec,
  Schema,
} from './types.js';

/** Query parameters that select no items. */
export const NOT_FILTERS: readonly string[] = [...CURSORS, PAGE_SIZE, EXPAND];

/**
 * Whether the parameter is the header that chooses a version of the API: `EvEnergy-Version`. Answers repeat it; they
 * may repeat other headers too.
 */
export function isVersionHeader(parameter: Parameter, responses: readonly ResponseSpec[]): boolean {
  const name = parameter.name.toLowerCase();
  if (parameter.in !== 'header' || !name.endsWith('version')) return false;
  return responses.some(({ headers }) => headers.some((header) => header.name.toLowerCase() === name));
}

/** Whether one of the operations takes a request header of that name, given in lower case. */
export function takesHeader(operations: readonly Pick<Operation, 'parameters'>[], header: string): boolean {
  return operations.some(({ parameters }) =>
    parameters.some(({ in: place, name }) => place === 'header' && name.toLowerCase() === header),
  );
}

/**
 * The optional header that names the user on whose behalf a request is made, and the field that names an item's user.
 */
export function userHeader({
  parameters,
}: Pick<Operation, 'parameters'>): { parameter: Parameter; field: string } | undefined {
  const parameter = parameters.find(
    (one) => one.in === 'header' && !one.required && /-user$/i.test(one.name),
  );
  return parameter && { parameter, field: 'user' };
}

const GT = '__gt';
const LT = '__lt';
const IN = '__in';
const RANGE = '__range';
const IS_NULL = '__isnull';

/** How a filter compares a field with its value. */
export type Comparison = 'above' | 'below' | 'among' | 'between' | 'absent' | 'equal';

/**
 * What a query parameter outside of a range compares: `start__gt` compares the field `start`, and selects what is
 * above.
 */
export function comparisonOf(name: string): { field: string; comparison: Comparison } {
  const suffixes = {
    [GT]: 'above',
    [LT]: 'below',
    [IN]: 'among',
    [RANGE]: 'between',
    [IS_NULL]: 'absent',
  } as const;
  for (const [suffix, comparison] of Object.entries(suffixes)) {
    if (name.endsWith(suffix)) return { field: name.slice(0, -suffix.length), comparison };
  }
  return { field: name, comparison: 'equal' };
}

export function readPaging(document: OpenApiDocument, parameters: readonly Parameter[]): Paging | undefined {
  const query = new Map(parameters.filter((p) => p.in === 'query').map((p) => [p.name, p]));
  const after = query.get(PAGE_AFTER);
  const style = after ? 'cursor' : query.has(PAGE_NUMBER) ? 'page' : undefined;
  if (!style) return undefined;
  const size = query.get(PAGE_SIZE);
  const paging: Paging = { style };
  if (size) {
    paging.sizeParameter = PAGE_SIZE;
    const maximum = keyword(document, size.schema, 'maximum');
    if (typeof maximum === 'number') paging.maxSize = maximum;
  }
  if (after) {
    const forms = [after.schema, ...list(keyword(document, after.schema, 'anyOf'))];
    if (forms.some((form) => keyword(document, form, 'format') === 'date-time'))
      paging.cursorKind = 'timestamp';
    else if (keyword(document, after.schema, 'pattern') !== undefined) paging.cursorKind = 'id';
  }
  return paging;
}

export function readRanges(parameters: readonly Parameter[]): Range[] {
  const names = new Set(parameters.filter((p) => p.in === 'query').map((p) => p.name));
  return [...names]
    .filter((name) => name.endsWith(GTE))
    .map((gte) => ({ field: gte.slice(0, -GTE.length), gte, lte: gte.slice(0, -GTE.length) + LTE }))
    .filter((range) => names.has(range.lte));
}

export function readExpansion(
  document: OpenApiDocument,
  parameters: readonly Parameter[],
): Expansion | undefined {
  const parameter = parameters.find((p) => p.in === 'query' && p.name === EXPAND);
  if (!parameter) return undefined;
  const paths = enumerated(document, parameter);
  return paths && { parameter: EXPAND, paths };
}

/** Query parameters that say how a list is sorted. */
const SORTING = /^(?:ordering|(?:order|sort)(?:_?by)?)$/i;

/**
 * How a list can be sorted, as far as the document enumerates it: `name` and `-name`, or `name:asc` and `name:desc`.
 * One value alone doesn't say in which direction it sorts.
 */
export function readOrdering(
  document: OpenApiDocument,
  parameters: readonly Parameter[],
): Ordering | undefined {
  const parameter = parameters.find((p) => p.in === 'query' && SORTING.test(p.name));
  const values = parameter ? enumerated(document, parameter) : undefined;
  if (!parameter || !values) return undefined;
  const orders = values.flatMap((value) => sortedBy(value) ?? []);
  const fields = orders.flatMap(({ field, value: ascending, isDescending }) => {
    const other = orders.find((one) => one.field === field && one.isDescending);
    return isDescending || !other ? [] : [{ field, ascending, descending: other.value }];
  });
  return { parameter: parameter.name, fields };
}

function sortedBy(value: string): { field: string; value: string; isDescending: boolean } | undefined {
  const [, sign, field, word = ''] = /^([+-]?)(\w+)(?:[:. ](asc|desc))?$/i.exec(value) ?? [];
  return field === undefined
    ? undefined
    : { field, value, isDescending: sign === '-' || word.toLowerCase() === 'desc' };
}

export function readCollection(operation: JsonObject): Collection | undefined {
  const value = operation['x-collection'];
  if (!isObject(value) || typeof value.key !== 'string') return undefined;
  return { key: value.key, order: value.order === 'descending' ? 'descending' : 'ascending' };
}

/** The field that a list is sorted by unless the request asks for another order: `name`, or `-name` for descending. */
export function readSortedBy(operation: JsonObject): Pick<Operation, 'sortedBy'> {
  const value = operation['x-sorted-by'];
  const order = typeof value === 'string' ? sortedBy(value) : undefined;
  return order ? { sortedBy: { field: order.field, isDescending: order.isDescending } } : {};
}

/** OpenAPI can't limit the size of a whole body. */
export function readMaxBody(operation: JsonObject): { maxBody?: number } {
  const bytes = operation['x-max-body-bytes'];
  return typeof bytes === 'number' ? { maxBody: bytes } : {};
}

/** OpenAPI can't say that a parameter is only useful together with another. */
export function readRequiresOneOf(parameter: JsonObject): { requiresOneOf?: string[] } {
  const names = parameter['x-requires-one-of'];
  return Array.isArray(names) && names.length > 0 ? { requiresOneOf: names.map(String) } : {};
}

/** OpenAPI can't say that a parameter must not come together with others. */
export function readExcludes(parameter: JsonObject): { excludes?: string[] } {
  const names = parameter['x-excludes'];
  return Array.isArray(names) && names.length > 0 ? { excludes: names.map(String) } : {};
}

/** OpenAPI can't say that an operation is about the user who asks, so that an application has to name one. */
export function readNeedsUser(operation: JsonObject): boolean {
  return operation['x-needs-user'] === true;
}

export function readHeaderEffects(operation: JsonObject): Record<string, string[]> {
  const value = operation['x-header-effects'];
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string[]] => Array.isArray(entry[1])),
  );
}

/** The range that orders the collection: the one on its key, else the first whose field the items have. */
export function mainRange(
  document: OpenApiDocument,
  operation: { ranges: readonly Range[]; collection?: Collection },
  item: Schema | undefined,
): Range | undefined {
  const onKey = operation.ranges.find((range) => range.field === operation.collection?.key);
  if (onKey || item === undefined) return onKey;
  const fields = propertyNames(document, item);
  return operation.ranges.find((range) => fields.has(range.field));
}

/** The texts that a parameter, or each item of its list, can be; undefined where any can. */
function enumerated(document: OpenApiDocument, parameter: Parameter): string[] | undefined {
  const schema = resolve<Schema>(document, parameter.schema, parameter.schemaPointer).value;
  const items = isObject(schema) && isObject(schema.items) ? schema.items : schema;
  const values = keyword(document, items, 'enum') ?? single(keyword(document, items, 'const'));
  return Array.isArray(values) ? values.filter((v): v is string => typeof v === 'string') : undefined;
}

function keyword(document: OpenApiDocument, schema: unknown, name: string): unknown {
  const value = isObject(schema) ? resolve<Schema>(document, schema, '#').value : schema;
  return isObject(value) ? value[name] : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function single(value: unknown): unknown[] | undefined {
  return value === undefined ? undefined : [value];
}
