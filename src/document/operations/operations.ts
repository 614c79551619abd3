import {
  readCollection,
  readExpansion,
  readHeaderEffects,
  readMaxBody,
  readNeedsUser,
  readOrdering,
  readPaging,
  readRanges,
  readSortedBy,
} from '../conventions.js';
import { DocumentError } from '../errors.js';
import { isObject, join } from '../json.js';
import { givenName, nameMethod, type Paths, pathParameters } from '../naming.js';
import { resolve } from '../references/resolve.js';
import { itemsOf } from '../references/schema.js';
import { refuseDangling } from '../refused/dangling.js';
import { refuseEndlessSchemas } from '../refused/endless.js';
import { refuseMalformedSchemas } from '../refused/malformed.js';
import { refuseMalformedPaths } from '../refused/paths.js';
import type {
  JsonObject,
  OpenApiDocument,
  Operation,
  Parameter,
  RequestBody,
  ResponseSpec,
} from '../types.js';
import { refuseSharedIds, renameSharedMethods } from './collisions.js';
import { isAskedFor } from './headers.js';
import { METHODS } from './methods.js';
import { readHeaders, readMediaTypes, readParameter } from './parts.js';

/**
 * Kept per document: many fakes may serve the same one, and reading the whole API takes longer than starting a fake.
 */
const known = new WeakMap<OpenApiDocument, readonly Operation[]>();

/**
 * Reads the document's operations, in its order.
 *
 * @throws DocumentError if one has no id, shares its id with another, or can't be resolved.
 */
export function readOperations(document: OpenApiDocument): readonly Operation[] {
  const operations = known.get(document) ?? read(document);
  known.set(document, operations);
  return operations;
}

function read(document: OpenApiDocument): Operation[] {
  refuseMalformedPaths(document);
  refuseMalformedSchemas(document);
  refuseDangling(document);
  refuseEndlessSchemas(document);
  const paths = methodsByPath(document);
  const operations: Operation[] = [];
  for (const path of paths.keys()) {
    const item = resolve(document, document.paths[path], join('#/paths', path));
    for (const method of METHODS) {
      if (item.value[method] === undefined) continue;
      const shared = { value: item.value.parameters, pointer: join(item.pointer, 'parameters') };
      const pointer = join(item.pointer, method);
      operations.push(readOperation(document, { path, method, pointer, shared, paths }, item.value[method]));
    }
  }
  refuseSharedIds(operations);
  return renameSharedMethods(operations);
}

interface Context {
  path: string;
  method: string;
  pointer: string;
  shared: { value: unknown; pointer: string };
  paths: Paths;
}

function readOperation(document: OpenApiDocument, context: Context, source: unknown): Operation {
  const { path, pointer, paths } = context;
  if (!isObject(source)) throw new DocumentError('An operation must be an object', pointer);
  if (typeof source.operationId !== 'string' || source.operationId === '') {
    throw new DocumentError(
      `${context.method.toUpperCase()} ${path} has no operationId: give it one`,
      pointer,
    );
  }
  const parameters = mergeParameters(document, context, source.parameters);
  for (const name of pathParameters(path)) {
    if (!parameters.some((p) => p.in === 'path' && p.name === name)) {
      throw new DocumentError(`The path parameter {${name}} of ${path} is not described`, pointer);
    }
  }
  const responses = readResponses(document, source.responses, join(pointer, 'responses'));
  const paging = readPaging(document, parameters);
  const method = context.method.toUpperCase();
  const security = source.security ?? document.security;
  const operation: Operation = {
    id: source.operationId,
    method,
    path,
    pointer,
    deprecated: source.deprecated === true,
    tags: Array.isArray(source.tags) ? source.tags.map(String) : [],
    parameters,
    responses,
    public: isPublic(security),
    scopes: scopesOf(security),
    ranges: readRanges(parameters),
    headerEffects: readHeaderEffects(source),
    needsUser: readNeedsUser(source),
    ...readMaxBody(source),
    ...readSortedBy(source),
    ...nameOf(
      source,
      { method, path, isList: isArrayAnswer(document, responses) || paging !== undefined },
      paths,
    ),
  };
  if (typeof source.summary === 'string') operation.summary = source.summary;
  if (typeof source.description === 'string') operation.description = source.description;
  if (paging) operation.paging = paging;
  const collection = readCollection(source);
  if (collection) operation.collection = collection;
  const ordering = readOrdering(document, parameters);
  if (ordering) operation.ordering = ordering;
  const expansion = readExpansion(document, parameters);
  if (expansion) operation.expansion = expansion;
  // Their bodies have no meaning (RFC 9110, section 9.3.1), and fetch refuses to send one.
  const requestBody = ['GET', 'HEAD'].includes(method)
    ? undefined
    : readRequestBody(document, source.requestBody, join(pointer, 'requestBody'));
  if (requestBody) operation.requestBody = requestBody;
  return operation;
}

/** The operation's own parameters replace those of its path item that have the same name and place. */
function mergeParameters(document: OpenApiDocument, context: Context, own: unknown): Parameter[] {
  const merged = new Map<string, Parameter>();
  const read = (list: unknown, pointer: string) => {
    if (list === undefined) return;
    if (!Array.isArray(list)) throw new DocumentError('parameters must be a list', pointer);
    list.forEach((value, index) => {
      const parameter = readParameter(document, value, join(pointer, index));
      if (parameter.in === 'header' && !isAskedFor(parameter.name)) return;
      merged.set(`${parameter.in} ${parameter.name}`, parameter);
    });
  };
  read(context.shared.value, context.shared.pointer);
  read(own, join(context.pointer, 'parameters'));
  return [...merged.values()];
}

function readResponses(document: OpenApiDocument, source: unknown, pointer: string): ResponseSpec[] {
  // OpenAPI 3.1 lets an operation leave out its answers.
  if (source === undefined) return [];
  if (!isObject(source))
    throw new DocumentError('responses must be an object, with the answers by status', pointer);
  return Object.entries(source)
    .filter(([status]) => !status.startsWith('x-'))
    .map(([status, value]) => {
      const { value: response, pointer: at } = resolve(document, value, join(pointer, status));
      if (!isObject(response)) throw new DocumentError(`Response ${status} must be an object`, at);
      return {
        status: status.toUpperCase() === 'DEFAULT' ? 'default' : status.toUpperCase(),
        description: typeof response.description === 'string' ? response.description : '',
        headers: readHeaders(document, response.headers, join(at, 'headers')),
        content: readMediaTypes(document, response.content, join(at, 'content')),
        pointer: at,
      };
    });
}

function readRequestBody(
  document: OpenApiDocument,
  source: unknown,
  pointer: string,
): RequestBody | undefined {
  if (source === undefined) return undefined;
  const { value, pointer: at } = resolve(document, source, pointer);
  if (!isObject(value)) throw new DocumentError('A requestBody must be an object', at);
  const content = readMediaTypes(document, value.content, join(at, 'content'));
  // Some generators write a body without a media type if there is no body.
  if (content.length === 0) return undefined;
  const description = typeof value.description === 'string' ? { description: value.description } : {};
  return { required: value.required === true, content, pointer: at, ...description };
}

function isArrayAnswer(document: OpenApiDocument, responses: readonly ResponseSpec[]): boolean {
  const success = responses.find((response) => response.status.startsWith('2'));
  return (
    success?.content.some((media) => itemsOf(document, media.schema, media.schemaPointer) !== undefined) ??
    false
  );
}

function methodsByPath(document: OpenApiDocument): Map<string, Set<string>> {
  const paths = new Map<string, Set<string>>();
  for (const [path, value] of Object.entries(document.paths)) {
    if (path.startsWith('x-')) continue;
    const item = resolve(document, value, join('#/paths', path)).value;
    if (!isObject(item)) throw new DocumentError('A path item must be an object', join('#/paths', path));
    paths.set(
      path,
      new Set(METHODS.filter((method) => method in item).map((method) => method.toUpperCase())),
    );
  }
  return paths;
}

function nameOf(source: JsonObject, named: Parameters<typeof nameMethod>[0], paths: Paths) {
  const given = source['x-method-name'];
  return typeof given === 'string' && given !== '' ? givenName(given) : nameMethod(named, paths);
}

// An empty requirement `{}` among others also allows anonymous callers (OpenAPI 3.1, security requirement object).
function isPublic(security: unknown): boolean {
  if (!Array.isArray(security)) return true;
  return security.length === 0 || security.some((r) => isObject(r) && Object.keys(r).length === 0);
}

function scopesOf(security: unknown): string[] {
  if (!Array.isArray(security)) return [];
  const scopes = security.filter(isObject).flatMap((requirement) => Object.values(requirement).flat());
  return [...new Set(scopes.filter((scope): scope is string => typeof scope === 'string'))];
}
