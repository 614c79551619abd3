import {
  goesOneWay,
  isObject,
  join,
  type OpenApiDocument,
  type Operation,
  properties,
  resolve,
  type Schema,
} from '../../../src/document/index.js';
import { bodiesOf } from './content.js';

/** Formats whose values a `Date` can represent. */
const DATES = ['date-time', 'date'];

/** Query parameters that are dates without time. */
export function queryDays(document: OpenApiDocument, operation: Operation): string[] {
  return operation.parameters
    .filter(({ in: place, schema, schemaPointer }) => {
      return place === 'query' && hasFormat(document, schema, schemaPointer, ['date']);
    })
    .map(({ name }) => name);
}

/** Fields of the request's body that are dates without time, as dotted paths. */
export function bodyDays(document: OpenApiDocument, operation: Operation): string[] {
  const days = bodiesOf(operation).flatMap(({ schema, schemaPointer }) =>
    schema === undefined ? [] : datePaths(document, schema, schemaPointer, ['date']),
  );
  return [...new Set(days)];
}

/** Whether the schema is text in one of these formats, or a list of such texts. */
export function hasFormat(
  document: OpenApiDocument,
  schema: Schema,
  pointer: string,
  formats: readonly string[] = DATES,
): boolean {
  return datePaths(document, schema, pointer, formats).includes('');
}

/**
 * Dotted paths of the texts in these formats inside a schema; lists are transparent, and `*` stands for any member of a
 * map.
 */
export function datePaths(
  document: OpenApiDocument,
  schema: Schema,
  pointer = '#',
  formats: readonly string[] = DATES,
): string[] {
  const found = new Set<string>();
  const visit = (value: unknown, at: string, path: string, inside: readonly string[]) => {
    const located = resolve<Schema>(document, value, at);
    // A schema inside itself would repeat the same dates, each a level deeper.
    if (!isObject(located.value) || inside.includes(located.pointer)) return;
    const within = [...inside, located.pointer];
    if (goesOneWay(document, value as Schema, 'readOnly', at)) return;
    const { format, items } = located.value;
    if (typeof format === 'string' && formats.includes(format)) found.add(path);
    const { additionalProperties } = located.value;
    if (isObject(additionalProperties)) {
      visit(
        additionalProperties,
        join(located.pointer, 'additionalProperties'),
        path ? `${path}.*` : '*',
        within,
      );
    }
    if (items !== undefined) visit(items, join(located.pointer, 'items'), path, within);
    for (const keyword of ['oneOf', 'anyOf', 'allOf']) {
      const branches = located.value[keyword];
      if (!Array.isArray(branches)) continue;
      branches.forEach((branch, index) => {
        visit(branch, join(located.pointer, keyword, index), path, within);
      });
    }
    for (const [name, property] of properties(document, located.value, located.pointer)) {
      if (!name.includes('.'))
        visit(property.value, property.pointer, path ? `${path}.${name}` : name, within);
    }
  };
  visit(schema, pointer, '', []);
  return [...found];
}
