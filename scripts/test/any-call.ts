import type { ApiPromise } from '../../src/client/resource/api-promise.js';
import { type Core, Resource } from '../../src/client/resource/resource.js';
import type { EvEnergy, RequestOptions } from '../../src/index.js';

interface AnyCall extends RequestOptions {
  query?: object;
  body?: unknown;
}

/** Calls any path the way generated methods call those of the document. */
export function anyCall(ev: EvEnergy, method: string, path: string, call: AnyCall = {}): ApiPromise<unknown> {
  const { query, body, ...options } = call;
  const resource = Object.values(ev).find((value) => value instanceof Resource);
  const { _core } = resource as unknown as { _core: Core };
  return new AnyResource(_core).call(method, path, query, body, options);
}

class AnyResource extends Resource {
  call(method: string, path: string, query: object | undefined, body: unknown, options: RequestOptions) {
    const operation = { id: `${method} ${path}`, method, path, public: true } as const;
    // A GET is expected to have a body; for other methods we can't know.
    const row = method === 'GET' ? operation : { ...operation, empty: true as const };
    return this._call(row, {}, query, body, options);
  }
}
