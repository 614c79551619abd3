import type { OperationRow } from '../../src/client/resource/operation-row.js';
import {
  camelCase,
  isObject,
  itemsOf,
  mainRange,
  type OpenApiDocument,
  type Operation,
  readOAuth,
  readServers,
  resolve,
  type Schema,
} from '../../src/document/index.js';
import { bodiesOf, isJson, successBody, successes } from './client/content.js';
import { bodyDays, queryDays } from './client/dates.js';
import { KEYWORDS, Names, propertyKey, quote } from './names.js';

/** The constants of the rows, by operation id. */
export function rowNames(operations: readonly Operation[]): Map<string, string> {
  const names = new Names([...KEYWORDS, 'operations', 'servers', 'oauth', 'apiVersion', 'headerParameters']);
  return new Map(operations.map((operation) => [operation.id, names.claim(camelCase(operation.id))]));
}

/** `generated/operations.ts`: what the client has to know of each operation at run time, and of the API. */
export function generateOperations(document: OpenApiDocument, operations: readonly Operation[]): string {
  const names = rowNames(operations);
  const headers = headerParameters(operations);
  const rows = operations.map((operation) => {
    const row = operationRow(document, operation, headers);
    return `export const ${names.get(operation.id)}: OperationRow = ${literal(row)};`;
  });
  return `import type { OperationRow } from '../src/client/resource/operation-row.js';

${rows.join('\n')}

/** Every operation of the document, in its order. */
export const operations: readonly OperationRow[] = [${[...names.values()].join(', ')}];

/** The servers that the document names. */
export const servers: readonly { readonly url: string; readonly environment: 'live' | 'staging' | 'hosted-mock' }[] = ${literal(readServers(document).map(({ url, environment }) => ({ url, environment })))};

/** The OAuth 2.0 endpoints that the document names. */
export const oauth: { readonly tokenUrl?: string; readonly authorizationUrl?: string; readonly revocationUrl?: string } = ${literal(readOAuth(document))};

/** The version of the API that the document describes, as \`EvEnergy-Version\` sends it. */
export const apiVersion = ${quote(versionOf(document))};

/** Names of the parameters that are request headers. */
export const headerParameters: readonly string[] = ${literal([...headers])};
`;
}

function operationRow(
  document: OpenApiDocument,
  operation: Operation,
  headers: ReadonlySet<string>,
): OperationRow {
  const range = mainRange(document, operation, itemOf(document, operation));
  const own = operation.parameters
    .filter((p) => p.in === 'header' && !headers.has(p.name))
    .map((p) => p.name);
  const styles = stylesOf(document, operation);
  const [body, ...otherBodies] = bodiesOf(operation).map(({ mediaType }) => mediaType);
  const days = { query: queryDays(document, operation), body: bodyDays(document, operation) };
  const answer = successBody(operation)?.mediaType;
  return {
    id: operation.id,
    method: operation.method,
    path: operation.path,
    ...(operation.public ? { public: true } : {}),
    ...(operation.scopes.length > 0 ? { scope: operation.scopes.join(' ') } : {}),
    ...(operation.paging ? { paging: operation.paging.style } : {}),
    ...(operation.paging?.maxSize ? { pageSize: operation.paging.maxSize } : {}),
    ...(operation.collection
      ? { key: operation.collection.key, order: operation.collection.order === 'ascending' ? 'asc' : 'desc' }
      : {}),
    ...(range ? { range: range.field } : {}),
    ...(body && body !== 'application/json' ? { body } : {}),
    ...(body && otherBodies.length > 0 ? { bodies: [body, ...otherBodies] } : {}),
    ...(days.query.length > 0 ? { queryDays: days.query } : {}),
    ...(days.body.length > 0 ? { bodyDays: days.body } : {}),
    ...(answer && !isJson(answer) ? { answer } : {}),
    ...(mayBeEmpty(operation) ? { empty: true } : {}),
    ...(own.length > 0 ? { headers: own } : {}),
    ...(styles ? { styles } : {}),
    ...(operation.responses.some((response) => response.status.startsWith('3')) ? { redirect: true } : {}),
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

/** Header names that no operation uses for a query parameter: the client tells the two apart by name. */
function headerParameters(operations: readonly Operation[]): Set<string> {
  const all = operations.flatMap((operation) => operation.parameters);
  const query = new Set(all.filter((p) => p.in === 'query').map((p) => p.name));
  const headers = all.filter((p) => p.in === 'header' && !query.has(p.name)).map((p) => p.name);
  return new Set(headers.sort());
}

/** Parameters whose values are written otherwise than repeated (OpenAPI 3.1, style values). */
function stylesOf(document: OpenApiDocument, operation: Operation): OperationRow['styles'] {
  const found: Record<string, 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject'> = {};
  for (const parameter of operation.parameters) {
    if (parameter.in !== 'query') continue;
    const schema = resolve<Schema>(document, parameter.schema, parameter.schemaPointer).value;
    const structured =
      isObject(schema) && ['array', 'object'].some((type) => [schema.type].flat().includes(type));
    if (!structured || (parameter.style === 'form' && parameter.explode)) continue;
    found[parameter.name] = parameter.style as 'form';
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

/** `2.0` → `2`: the version header names whole versions without the zero. */
function versionOf(document: OpenApiDocument): string {
  return String(document.info.version ?? '').replace(/(\.0)+$/, '');
}

function literal(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (!isObject(value)) return String(value);
  const members = Object.entries(value).map(([key, member]) => `${propertyKey(key)}: ${literal(member)}`);
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
}
