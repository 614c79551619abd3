import {
  allProperties,
  componentName,
  isJson,
  isObject,
  itemsOf,
  join,
  lookup,
  type MediaType,
  mainRange,
  type OpenApiDocument,
  type Operation,
  PAGE_AFTER,
  pathParameters,
  pathShape,
  type ResponseSpec,
  resolve,
  type Schema,
} from '../../document/index.js';
import { flatten, list, typesOf } from './flatten.js';

/** A collection in the document: a list, items at paths below it, or both. */
export interface DescribedCollection {
  /** Path template, as in the document. */
  path: string;
  /** Pointer to the schema of an item. */
  pointer: string;
  /** Name of that schema in `components/schemas`, if it has one. */
  component: string | undefined;
  /** The field that items are sorted by and addressed with. */
  key: string;
  /** Pointers to the schemas that a key must fit: the field's, and the path parameter's. */
  keyPointers: string[];
  /** Pointer to the schema of a cursor, which a key should fit too. */
  cursorPointer: string | undefined;
  /** Keys in the document's examples. */
  exampleKeys: unknown[];
  paged: boolean;
}

/** The response that describes an operation's success. */
export function successOf(operation: Operation, usual?: number): ResponseSpec | undefined {
  const { responses } = operation;
  const starts = (digit: string) => responses.find(({ status }) => status.startsWith(digit));
  const exact = usual === undefined ? undefined : responses.find(({ status }) => status === String(usual));
  return exact ?? starts('2') ?? starts('3') ?? responses.find(({ status }) => status === 'default');
}

/** The status of an operation's success: the usual one if the document describes it, else the one it describes. */
export function statusOf(operation: Operation, usual: number): number {
  const status = successOf(operation, usual)?.status;
  return status !== undefined && /^\d{3}$/.test(status) ? Number(status) : usual;
}

/** The JSON content of a success. */
export function jsonOf(success: ResponseSpec | undefined): MediaType | undefined {
  return success?.content.find(({ mediaType }) => isJson(mediaType));
}

/** Pointer to the schema of a list's items. */
export function listedItem(document: OpenApiDocument, operation: Operation): string | undefined {
  const content = jsonOf(successOf(operation, 200));
  const items = content && itemsOf(document, content.schema, content.schemaPointer);
  // A list that says nothing of its items has no schema of them.
  return items && lookup(document, items.pointer) !== undefined ? items.pointer : undefined;
}

/** The document's collections, in its order. */
export function collectionsOf(
  document: OpenApiDocument,
  operations: readonly Operation[],
): DescribedCollection[] {
  // All by the shape of the collection's path.
  const paths = new Map<string, string>();
  const lists = new Map<string, Operation>();
  const onItems = new Map<string, Operation[]>();
  for (const operation of operations) {
    const { path, method } = operation;
    const shape = pathShape(path);
    if (method === 'GET' && !lists.has(shape)) lists.set(shape, operation);
    const collection = collectionPath(path);
    if (collection !== undefined) {
      const above = pathShape(collection);
      paths.set(above, collection);
      onItems.set(above, [...(onItems.get(above) ?? []), operation]);
    } else if (method === 'GET') paths.set(shape, paths.get(shape) ?? path);
  }
  return [...paths].flatMap(
    ([shape, path]) => describe(document, path, lists.get(shape), onItems.get(shape) ?? []) ?? [],
  );
}

/** The collection that an item's path belongs to: `/evses` for `/evses/{evse_id}`. */
export function collectionPath(path: string): string | undefined {
  return /^(.*)\/\{[^{}/]*\}\/?$/.exec(path)?.[1];
}

function describe(
  document: OpenApiDocument,
  path: string,
  listing: Operation | undefined,
  ofItem: readonly Operation[],
): DescribedCollection | undefined {
  const found = itemPointer(document, listing, ofItem);
  if (found === undefined) return undefined;
  const pointer = withoutNull(document, found);
  const fields = allProperties(document, { $ref: pointer });
  const [onItem] = ofItem;
  const parameter = onItem?.parameters.find(({ in: place, name }) => {
    return place === 'path' && name === pathParameters(onItem.path).at(-1);
  });
  // Several keys in one parameter are a list of them.
  const ofOne = parameter && itemsOf(document, parameter.schema, parameter.schemaPointer)?.pointer;
  const keyTypes = typesOf(flatten(document, ofOne ? { $ref: ofOne } : parameter?.schema) ?? {});
  const suits = (name: string | undefined): name is string => {
    const field = name === undefined ? undefined : fields.get(name);
    return field !== undefined && shareType(typesOf(flatten(document, field.value) ?? {}), keyTypes);
  };
  const wanted = [
    listing?.collection?.key,
    parameter?.name,
    'id',
    listing && mainRange(document, listing, { $ref: pointer })?.field,
  ];
  // An answer that is addressed by another field, and is in no list, may be an envelope; then its time isn't an item's.
  const isListed = parameter === undefined || (listing && listedItem(document, listing) !== undefined);
  const isTime = (schema: Schema | undefined) => flatten(document, schema)?.format === 'date-time';
  const sorts = (name: string) =>
    suits(name) && (isListed || isTime(parameter?.schema) || !isTime(fields.get(name)?.value));
  const key = wanted.find(suits) ?? firstRequiredKey([...fields.keys()].filter(sorts));
  if (key === undefined) return undefined;
  const cursor = listing?.parameters.find(({ in: place, name }) => place === 'query' && name === PAGE_AFTER);
  const keyPointers = [fields.get(key)?.pointer, ofOne ?? parameter?.schemaPointer];
  const schemas = [parameter?.schema, fields.get(key)?.value].map(
    (schema) => flatten(document, schema) ?? {},
  );
  return {
    path,
    pointer,
    component: componentAt(document, pointer),
    key,
    keyPointers: keyPointers.filter((found) => found !== undefined),
    cursorPointer: cursor?.schemaPointer,
    exampleKeys: [
      ...(parameter?.examples ?? []).map(({ value }) => value),
      ...schemas.flatMap(({ example, examples }) => [...list(example), ...list(examples)]),
    ],
    paged: listing?.paging !== undefined,
  };
}

/** Pointer to the schema of an item as it is retrieved, else as it is listed or changed. */
function itemPointer(
  document: OpenApiDocument,
  list: Operation | undefined,
  ofItem: readonly Operation[],
): string | undefined {
  const answered = (method: string) => {
    const operation = ofItem.find((candidate) => candidate.method === method);
    return operation && jsonOf(successOf(operation, 200))?.schemaPointer;
  };
  return answered('GET') ?? (list && listedItem(document, list)) ?? answered('PATCH') ?? answered('PUT');
}

/** Pointer to the schema itself, if the one here only adds null to it. */
function withoutNull(document: OpenApiDocument, pointer: string): string {
  const { value, pointer: at } = resolve<Schema>(document, { $ref: pointer }, pointer);
  const keyword = isObject(value) && Array.isArray(value.oneOf) ? 'oneOf' : 'anyOf';
  const branches = isObject(value) ? list(value[keyword]) : [];
  const isNull = (branch: unknown) => isObject(branch) && branch.type === 'null';
  const left = [...branches.keys()].filter((index) => !isNull(branches[index]));
  const [only] = left;
  return only === undefined || left.length > 1 ? pointer : join(at, keyword, only);
}

/** The key of a list whose items have no id: the first required field that can be sorted by. */
function firstRequiredKey(names: readonly string[]): string | undefined {
  return (
    names.find((name) => /(^|_)(id|at|time|date|timestamp)$/.test(name)) ??
    names.find((name) => name === 'name')
  );
}

/** Whether two sets of types have a type in common; a set without types allows any. */
function shareType(a: readonly string[], b: readonly string[]): boolean {
  const kinds = (types: readonly string[]) => types.map((type) => (type === 'integer' ? 'number' : type));
  return a.length === 0 || b.length === 0 || kinds(a).some((type) => kinds(b).includes(type));
}

/** Name of the schema at a pointer, if it is a component or refers to one. */
export function componentAt(document: OpenApiDocument, pointer: string): string | undefined {
  return componentName({ $ref: pointer }) ?? componentName(lookup(document, pointer));
}
