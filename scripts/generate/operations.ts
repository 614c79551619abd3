import { type OperationEntry, type QueryStyle, usualId } from '../../src/client/resource/operation-row.js';
import { impliedNames } from '../../src/client/wire/parameters.js';
import {
  DocumentError,
  isJson,
  isObject,
  itemsOf,
  mainRange,
  type OpenApiDocument,
  type Operation,
  readOAuth,
  readServers,
  readUploads,
  resolve,
  type Schema,
  takesHeader,
  type Upload,
} from '../../src/document/index.js';
import { VERSION_HEADER } from '../../src/text/conventions.js';
import { bodiesOf, successBody, successes } from './client/content.js';
import { bodyDays, queryDays } from './client/dates.js';
import { takenByName } from './client/params.js';
import { isList, mayRedirect } from './client/result.js';
import { literal, propertyKey, quote } from './names.js';

/** `generated/operations.ts`: what the client needs to know of the API and of each operation at run time. */
export function generateOperations(document: OpenApiDocument, operations: readonly Operation[]): string {
  const headers = headerParameters(operations);
  // Another API has no use for this one's header, and a browser would ask its server whether it may send it.
  const version = takesHeader(operations, VERSION_HEADER) ? quote(versionOf(document)) : 'undefined';
  const uploads = new Map(readUploads(document, operations).map((upload) => [upload.start, upload]));
  const entryOf = (operation: Operation) => operationEntry(document, operation, headers);
  const table = renderTable(tableOf(operations), (operation) => {
    const upload = uploads.get(operation);
    return literal({ ...entryOf(operation), ...(upload ? { upload: uploadEntry(upload, entryOf) } : {}) });
  });
  return `import type { OperationTable } from '../src/client/resource/operation-row.js';

/** Every operation of the document, by its place in the client. */
export const operations: OperationTable = ${table};

/** The servers that the document names. */
export const servers: readonly { readonly url: string; readonly environment: 'live' | 'staging' | 'hosted-mock' }[] = ${literal(readServers(document).map(({ url, environment }) => ({ url, environment })))};

/** The OAuth 2.0 endpoints that the document names. */
export const oauth: { readonly tokenUrl?: string; readonly authorizationUrl?: string; readonly revocationUrl?: string } = ${literal(readOAuth(document))};

/** The version of the API that the document describes, for \`EvEnergy-Version\`; undefined where no operation has that header. */
export const apiVersion = ${version};

/** Names of the parameters that are request headers. */
export const headerParameters: readonly string[] = ${literal([...headers])};
`;
}

/** Operations by method name, inside resources by their name. */
type Table = Map<string, Operation | Table>;

function tableOf(operations: readonly Operation[]): Table {
  const root: Table = new Map();
  for (const operation of operations) {
    let table = root;
    for (const name of operation.resource) {
      const within = (table.get(name) ?? new Map()) as Table;
      table.set(name, within);
      table = within;
    }
    table.set(operation.methodName, operation);
  }
  return root;
}

function renderTable(table: Table, render: (operation: Operation) => string, indent = ''): string {
  const members = [...table].map(([name, member]) => {
    const value = member instanceof Map ? renderTable(member, render, `${indent}  `) : render(member);
    return `${indent}  ${propertyKey(name)}: ${value},\n`;
  });
  return `{\n${members.join('')}${indent}}`;
}

function uploadEntry(
  { method, finish, url, id, fileName }: Upload,
  entryOf: (operation: Operation) => OperationEntry,
): OperationEntry['upload'] {
  return { method, finish: entryOf(finish), url, id, ...(fileName === undefined ? {} : { fileName }) };
}

function operationEntry(
  document: OpenApiDocument,
  operation: Operation,
  headers: ReadonlySet<string>,
): OperationEntry {
  const range = mainRange(document, operation, itemOf(document, operation));
  const own = takenByName(operation)
    .filter((p) => p.in === 'header' && !headers.has(p.name))
    .map((p) => p.name);
  refuseUnwritten(operation);
  const styles = stylesOf(document, operation);
  const list = isList(document, operation) ? (operation.paging?.style ?? 'whole') : undefined;
  const implied = impliedNames({ ...(list ? { list } : {}), ...(range ? { range: range.field } : {}) });
  const query = operation.parameters
    .filter((p) => p.in === 'query' && !implied.includes(p.name))
    .map((p) => p.name);
  const [body, ...otherBodies] = bodiesOf(operation).map(({ mediaType }) => mediaType);
  const days = { query: queryDays(document, operation), body: bodyDays(document, operation) };
  const answer = successBody(operation)?.mediaType;
  return {
    op: `${operation.method} ${operation.path}`,
    ...(operation.id === usualId(operation.method, operation.path) ? {} : { id: operation.id }),
    ...(operation.public ? { public: true } : {}),
    ...(operation.scopes.length > 0 ? { scope: operation.scopes.join(' ') } : {}),
    ...(operation.deprecated ? { deprecated: true } : {}),
    ...(list ? { list } : {}),
    ...(operation.paging?.maxSize ? { pageSize: operation.paging.maxSize } : {}),
    ...(operation.collection
      ? { key: operation.collection.key, order: operation.collection.order === 'ascending' ? 'asc' : 'desc' }
      : {}),
    ...(range ? { range: range.field } : {}),
    ...(body ? { body: body === 'application/json' || body } : {}),
    ...(body && otherBodies.length > 0 ? { bodies: [body, ...otherBodies] } : {}),
    ...(operation.maxBody ? { maxBody: operation.maxBody } : {}),
    ...(days.query.length > 0 ? { queryDays: days.query } : {}),
    ...(days.body.length > 0 ? { bodyDays: days.body } : {}),
    ...(answer && !isJson(answer) ? { answer } : {}),
    ...(answer && isJson(answer) && !/^application\/json\b/.test(answer) ? { json: answer } : {}),
    ...(mayBeEmpty(operation) ? { empty: true } : {}),
    ...(own.length > 0 ? { headers: own } : {}),
    ...(styles ? { styles } : {}),
    ...(mayRedirect(operation) ? { redirect: true } : {}),
    ...(query.length > 0 ? { query: query.join(' ') } : {}),
  };
}

/** The answer to HEAD never has a body (RFC 9110, 9.3.2). */
function mayBeEmpty(operation: Operation): boolean {
  return operation.method === 'HEAD' || successes(operation).some(({ content }) => content.length === 0);
}

function itemOf(document: OpenApiDocument, operation: Operation): Schema | undefined {
  const body = successBody(operation);
  return itemsOf(document, body?.schema, body?.schemaPointer)?.value;
}

/** Header names that no operation uses for a query parameter: the client distinguishes the two by name. */
function headerParameters(operations: readonly Operation[]): Set<string> {
  const all = operations.flatMap((operation) => operation.parameters);
  const query = new Set(all.filter((p) => p.in === 'query').map((p) => p.name));
  const headers = all.filter((p) => p.in === 'header' && !query.has(p.name)).map((p) => p.name);
  return new Set(headers.sort());
}

/** Parameters whose values aren't simply repeated (OpenAPI 3.1, style values). */
function stylesOf(document: OpenApiDocument, operation: Operation): OperationEntry['styles'] {
  // A parameter may be called `__proto__`.
  const found: Record<string, QueryStyle> = Object.create(null);
  for (const parameter of operation.parameters) {
    if (parameter.in !== 'query') continue;
    if (parameter.mediaType !== undefined && isJson(parameter.mediaType)) {
      found[parameter.name] = 'json';
      continue;
    }
    const schema = resolve<Schema>(document, parameter.schema, parameter.schemaPointer).value;
    const structured =
      isObject(schema) && ['array', 'object'].some((type) => [schema.type].flat().includes(type));
    const style = parameter.style === 'form' && parameter.explode ? explodedStyle(schema) : parameter.style;
    if (structured && style !== undefined) found[parameter.name] = style as QueryStyle;
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

/** A list is repeated without being told so; each field of an object is a parameter of its own. */
function explodedStyle(schema: Schema): QueryStyle | undefined {
  return isObject(schema) && [schema.type].flat().includes('object') ? 'fields' : undefined;
}

/** @throws DocumentError for a path parameter in a style that the client doesn't write: it would call another path. */
function refuseUnwritten({ parameters }: Operation): void {
  const other = parameters.find(({ in: place, style }) => place === 'path' && style !== 'simple');
  if (!other) return;
  throw new DocumentError(
    `The path parameter '${other.name}' has the style '${other.style}', which the client doesn't write: ` +
      'leave the style out, and write what it adds into the path',
    other.pointer,
  );
}

/** `2.0` → `2`: the version header uses whole versions without the zero. */
function versionOf(document: OpenApiDocument): string {
  return String(document.info.version ?? '').replace(/(\.0)+$/, '');
}
