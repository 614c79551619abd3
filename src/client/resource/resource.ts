import { headerParameters } from '../../../generated/operations.js';
import { nearest } from '../../text/nearest.js';
import { checkCallOptions, checkListOptions } from '../check-options.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { BodyOptions, ListOptions, RequestOptions } from '../options.js';
import { PagePromise } from '../pages/page-promise.js';
import { headerTexts, isPlainObject, pathNames, queryNames, withDays } from '../wire/parameters.js';
import { ApiPromise } from './api-promise.js';
import type { Call, Core } from './call.js';
import { isRow, type OperationRow, type RowTable } from './operation-row.js';

export type { Core } from './call.js';

type PathValues = Call['path'];

/** Base class of all resources. */
export class Resource {
  readonly _core: Core;

  constructor(core: Core) {
    this._core = core;
  }

  _call<T>(
    operation: OperationRow,
    path: PathValues,
    params?: object,
    body?: unknown,
    given?: BodyOptions<string>,
  ): ApiPromise<T> {
    return new ApiPromise(async (reading) => {
      const options = given && inMediaType(operation, given);
      if (options) checkCallOptions(options);
      return this._core.send(callOf(operation, path, params, body, options), reading);
    });
  }

  _list<T>(
    operation: OperationRow,
    path: PathValues,
    params?: object,
    options?: ListOptions,
  ): PagePromise<T> {
    const call = () => {
      if (options) checkListOptions(options);
      return callOf(operation, path, params, undefined, options);
    };
    return new PagePromise(this._core, call, options);
  }
}

/** Makes a class with a method for each operation; its instances have a property for each nested resource. */
export function resourceClass(rows: RowTable): new (core: Core) => object {
  const within: [name: string, Within: new (core: Core) => object][] = [];
  class Made extends Resource {
    constructor(core: Core) {
      super(core);
      for (const [name, Within] of within) Object.assign(this, { [name]: new Within(core) });
    }
  }
  for (const [name, row] of Object.entries(rows))
    if (isRow(row)) Object.assign(Made.prototype, { [name]: method(row) }, uploadMethod(row));
    else within.push([name, resourceClass(row)]);
  return Made;
}

/** The method that uploads a file, by its name; none if the operation doesn't start an upload. */
function uploadMethod(row: OperationRow): object {
  const { upload } = row;
  if (!upload) return {};
  const [place = ''] = pathNames(upload.finish.path);
  return {
    async [upload.method](this: Resource, ...given: unknown[]) {
      const options = given.at(3) as RequestOptions | undefined;
      if (options) checkCallOptions(options);
      // Loaded on demand, since few programs upload.
      const { uploadFile } = await import('../upload/upload.js');
      return uploadFile(this, this._core, { ...upload, start: row, place }, given);
    },
  };
}

/**
 * An operation's method. Its arguments: the values of the path, the body if there is one, the parameters, the options.
 */
function method(row: OperationRow) {
  const names = pathNames(row.path);
  return function (this: Resource, ...given: unknown[]) {
    const path = Object.fromEntries(names.map((name, index) => [name, given[index]])) as PathValues;
    const behind = given.slice(names.length);
    const body = row.body ? behind.shift() : undefined;
    const [params, options] = behind as object[];
    return row.list ? this._list(row, path, params, options) : this._call(row, path, params, body, options);
  };
}

/** Builds the call from a method's arguments, which have query and header parameters in one object. */
function callOf(
  operation: OperationRow,
  path: PathValues,
  params: object | undefined,
  body: unknown,
  options: RequestOptions | undefined,
): Call {
  if (params && !isPlainObject(params))
    throw new ConfigurationError('params: is not an object of values by name');
  const query: Record<string, unknown> = {};
  const headers: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(withDays(params ?? {}, operation.queryDays)))
    if (isHeader(operation, name)) headers[name] = value;
    else query[checkedName(operation, name)] = value;
  return {
    operation,
    path,
    query,
    headers: headerTexts(headers),
    body: withDays(body, operation.bodyDays),
    options,
  };
}

/** Plain JavaScript can misspell what TypeScript refuses, and the server would silently ignore it. */
export function checkedName(operation: OperationRow, name: string): string {
  const names = queryNames(operation);
  if (names.includes(name)) return name;
  const meant = nearest(name, names);
  throw new ConfigurationError(
    `${name}: is not a parameter of ${operation.id}; ${meant ? `did you mean ${meant}?` : `there ${names.length > 0 ? `are ${names.join(', ')}` : 'is none'}`}`,
  );
}

/** The options with `contentType` turned into the `content-type` header. */
function inMediaType(operation: OperationRow, given: BodyOptions<string>): RequestOptions {
  const { contentType, ...options } = given;
  // Without a choice of media types, `contentType` is refused like any unknown option.
  if (!operation.bodies) return given;
  if (contentType === undefined) return options;
  if (!operation.bodies.includes(contentType))
    throw new ConfigurationError(
      `contentType: '${contentType}' is not one of ${operation.bodies.join(', ')}`,
    );
  return { ...options, headers: { ...options.headers, 'content-type': contentType } };
}

const HEADERS: ReadonlySet<string> = new Set(headerParameters);

export function isHeader({ headers }: OperationRow, name: string): boolean {
  return HEADERS.has(name) || (headers?.includes(name) ?? false);
}
