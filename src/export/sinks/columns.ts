import {
  declaredResponse,
  hasType,
  isObject,
  itemsOf,
  loadDocument,
  type OpenApiDocument,
  properties,
  readOperations,
  resolve,
  type Schema,
  vendoredDocument,
} from '../../document/index.js';

/** What a column holds: texts hold nested values too, as JSON. Times are in microseconds. */
export type ColumnType = 'boolean' | 'integer' | 'number' | 'time' | 'text';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

const known = new Map<string, Promise<readonly Column[]>>();

/**
 * The fields of a collection's items, and their types, as in the document.
 * @param collection its place in the client, such as `things.logs`
 */
export function columnsOf(collection: string): Promise<readonly Column[]> {
  const columns = known.get(collection) ?? readColumns(collection);
  known.set(collection, columns);
  return columns;
}

async function readColumns(collection: string): Promise<readonly Column[]> {
  const document = await loadDocument(vendoredDocument());
  const list = readOperations(document).find(
    ({ resource, paging }) => paging !== undefined && resource.join('.') === collection,
  );
  const schema = list && declaredResponse(list, 200)?.content[0]?.schema;
  const items = itemsOf(document, schema);
  if (!items) return [];
  return [...properties(document, items.value, items.pointer)].map(([name, property]) => ({
    name,
    type: typeOf(document, property.value),
  }));
}

function typeOf(document: OpenApiDocument, schema: Schema): ColumnType {
  const parts = simpleParts(document, schema, new Set());
  const all = (test: (part: Schema) => boolean) => parts.length > 0 && parts.every(test);
  if (all((part) => hasType(part, 'boolean'))) return 'boolean';
  if (all((part) => hasType(part, 'integer'))) return 'integer';
  if (all((part) => hasType(part, 'integer') || hasType(part, 'number'))) return 'number';
  if (all((part) => hasType(part, 'string') && isObject(part) && part.format === 'date-time')) return 'time';
  return 'text';
}

/** The schemas that a value may be held against, without those that only allow null. */
function simpleParts(document: OpenApiDocument, schema: Schema, seen: Set<string>): Schema[] {
  const { value, pointer } = resolve<Schema>(document, schema, '#');
  if (!isObject(value) || (pointer !== '#' && seen.has(pointer))) return [];
  const within = new Set([...seen, pointer]);
  const parts = (['allOf', 'oneOf', 'anyOf'] as const).flatMap((keyword) =>
    Array.isArray(value[keyword]) ? (value[keyword] as Schema[]) : [],
  );
  const types = [value.type].flat().filter((type) => type !== undefined && type !== 'null');
  const own = types.map((type) => ({ ...value, type }));
  return [...own, ...parts.flatMap((part) => simpleParts(document, part, within))];
}
