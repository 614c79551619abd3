import { headerParameters } from '../../../generated/operations.js';
import { checkCallOptions, checkListOptions } from '../check-options.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { BodyOptions, ListOptions, RequestOptions } from '../options.js';
import { PagePromise } from '../pages/page-promise.js';
import { withDays } from '../wire/days.js';
import { headerTexts, isPlainObject, type PathValue } from '../wire/parameters.js';
import { ApiPromise } from './api-promise.js';
import type { Call, Core } from './call.js';
import type { OperationRow } from './operation-row.js';

export type { Core } from './call.js';

/** What the generated resource classes extend. */
export class Resource {
  protected readonly _core: Core;

  constructor(core: Core) {
    this._core = core;
  }

  protected _call<T>(
    operation: OperationRow,
    path: readonly PathValue[],
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

  protected _list<T>(
    operation: OperationRow,
    path: readonly PathValue[],
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

/** The call that a method's arguments make: the values of its path in their order, query and headers in one object. */
function callOf(
  operation: OperationRow,
  values: readonly PathValue[],
  params: object | undefined,
  body: unknown,
  options: RequestOptions | undefined,
): Call {
  if (params && !isPlainObject(params))
    throw new ConfigurationError('params: is not an object of values by name');
  const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const query: Record<string, unknown> = {};
  const headers: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(withDays(params ?? {}, operation.queryDays)))
    (isHeader(operation, name) ? headers : query)[name] = value;
  return {
    operation,
    path: Object.fromEntries(names.map((name, index) => [name, values[index]])),
    query,
    headers: headerTexts(headers),
    body: withDays(body, operation.bodyDays),
    options,
  };
}

/** The options with the chosen media type as the header that it is sent as. */
function inMediaType(operation: OperationRow, given: BodyOptions<string>): RequestOptions {
  const { contentType, ...options } = given;
  // Where there is no choice the option is refused like any other that there isn't.
  if (!operation.bodies) return given;
  if (contentType === undefined) return options;
  if (!operation.bodies.includes(contentType))
    throw new ConfigurationError(
      `contentType: '${contentType}' is not one of ${operation.bodies.join(', ')}`,
    );
  return { ...options, headers: { ...options.headers, 'content-type': contentType } };
}

const HEADERS: ReadonlySet<string> = new Set(headerParameters);

function isHeader({ headers }: OperationRow, name: string): boolean {
  return HEADERS.has(name) || (headers?.includes(name) ?? false);
}
