import { checkCallOptions, checkFields, checkListOptions } from '../check-options.js';
import type { ListOptions, RequestOptions } from '../options.js';
import { PagePromise } from '../pages/pagination.js';
import { headerValues, queryParameters } from '../request/parameters.js';
import type { Call, Core } from '../send/core.js';
import { type PathValue, pathOf } from '../url/path.js';
import { ApiPromise } from './api-promise.js';
import type { OperationRow } from './operation-row.js';

export type { Core } from '../send/core.js';

/** What the generated resource classes extend. */
export class Resource {
  protected readonly _core: Core;

  constructor(core: Core) {
    this._core = core;
  }

  protected _call<T>(
    row: OperationRow,
    path: readonly PathValue[],
    params?: object,
    body?: unknown,
    options?: RequestOptions,
  ): ApiPromise<T> {
    return new ApiPromise(this._core, () => {
      if (options) checkCallOptions(options);
      return callOf(this._core, row, path, params, body, options);
    });
  }

  protected _list<T>(
    row: OperationRow,
    path: readonly PathValue[],
    params?: object,
    options?: ListOptions,
  ): PagePromise<T> {
    return new PagePromise(
      this._core,
      () => {
        if (options) checkListOptions(options);
        return callOf(this._core, row, path, params, undefined, options);
      },
      options,
    );
  }
}

function callOf(
  core: Core,
  row: OperationRow,
  values: readonly PathValue[],
  params: object | undefined,
  body: unknown,
  options: RequestOptions | undefined,
): Call | Promise<Call> {
  checkFields('params', params);
  const path = pathOf(row.path, values, core.servers);
  return typeof path === 'string'
    ? callTo(path, row, params, body, options)
    : path.then((loaded) => callTo(loaded, row, params, body, options));
}

function callTo(
  path: string,
  row: OperationRow,
  params: object | undefined,
  body: unknown,
  options: RequestOptions | undefined,
): Call {
  return {
    row,
    path,
    query: params && queryParameters(row, params),
    headers: params && headerValues(row, params),
    body,
    verbatim: false,
    options,
    raw: false,
    anyStatus: false,
    onHeaders: undefined,
  };
}
