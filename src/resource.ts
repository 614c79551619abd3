import { ApiPromise } from './api-promise.js';
import type { Call, Core } from './core.js';
import type { OperationRow } from './operation-row.js';
import type { ListOptions, RequestOptions } from './options.js';
import { PagePromise } from './pagination.js';
import { splitParameters } from './parameters.js';
import { type PathValue, pathOf } from './url/path.js';

export type { Core } from './core.js';

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
    return new ApiPromise(async (raw) => {
      const call = await this.#call(row, path, params, options);
      return this._core.send({ ...call, body, raw });
    });
  }

  protected _list<T>(
    row: OperationRow,
    path: readonly PathValue[],
    params?: object,
    options?: ListOptions,
  ): PagePromise<T> {
    return new PagePromise(this._core, () => this.#call(row, path, params, options), options);
  }

  async #call(
    row: OperationRow,
    path: readonly PathValue[],
    params?: object,
    options?: RequestOptions,
  ): Promise<Call> {
    const { query, headers } = splitParameters(row, params);
    return {
      row,
      path: await pathOf(row.path, path, this._core.servers),
      query,
      headers,
      body: undefined,
      options,
    };
  }
}
